import type { Kind } from './kind.ts'

export const startedTask: Kind = {
  name: 'a started call given to createTask',
  rule: 'no-started-call',
  programs: [
    {
      wrong: `
import { createTask, sleep } from 'asyncio-ts'
async function work(n: number) {
  await sleep(n)
}
export const task = createTask(work(1))`,
      right: `
import { createTask, sleep } from 'asyncio-ts'
async function work(n: number) {
  await sleep(n)
}
export const task = createTask(() => work(1))`,
    },
    {
      wrong: `
import { taskGroup, sleep } from 'asyncio-ts'
const get = async (url: string) => {
  await sleep(1)
  return url
}
export async function main(urls: string[]) {
  await taskGroup(async (tg) => {
    for (const url of urls) tg.createTask(get(url))
  })
}`,
      right: `
import { taskGroup, sleep } from 'asyncio-ts'
const get = async (url: string) => {
  await sleep(1)
  return url
}
export async function main(urls: string[]) {
  await taskGroup(async (tg) => {
    for (const url of urls) tg.createTask(() => get(url))
  })
}`,
    },
    {
      wrong: `
import * as asyncio from 'asyncio-ts'
class Server {
  async #serve() {
    await asyncio.sleep(1)
  }
  start() {
    return asyncio.getRunningLoop().createTask(this.#serve())
  }
}
async function main() {
  await new Server().start()
}
await asyncio.run(main())`,
      right: `
import * as asyncio from 'asyncio-ts'
class Server {
  async #serve() {
    await asyncio.sleep(1)
  }
  start() {
    return asyncio.getRunningLoop().createTask(() => this.#serve())
  }
}
async function main() {
  await new Server().start()
}
await asyncio.run(main)`,
    },
  ],
}

export const startedLimited: Kind = {
  name: 'a started call given to waitFor or to a scope',
  rule: 'no-started-call',
  programs: [
    {
      wrong: `
import { waitFor, sleep } from 'asyncio-ts'
async function query(id: number) {
  await sleep(3)
  return id
}
export async function main() {
  return await waitFor(query(3), 0.05)
}`,
      right: `
import { waitFor, sleep } from 'asyncio-ts'
async function query(id: number) {
  await sleep(3)
  return id
}
export async function main() {
  return await waitFor(() => query(3), 0.05)
}`,
    },
    {
      wrong: `
import { timeout as limit, sleep } from '@asyncio-ts/tasks'
async function job() {
  await sleep(3)
}
export async function main() {
  await limit(1, job())
}`,
      right: `
import { timeout as limit, sleep } from '@asyncio-ts/tasks'
async function job() {
  await sleep(3)
}
export async function main() {
  await limit(1, () => job())
  await limit(1, job)
}`,
    },
    {
      wrong: `
import { shield } from '@asyncio-ts/tasks'
import { Lock } from '@asyncio-ts/sync'
const lock = new Lock()
async function save() {
  using _ = await lock.acquire()
}
export async function main() {
  await shield(save())
}`,
      right: `
import { shield } from '@asyncio-ts/tasks'
import { Lock } from '@asyncio-ts/sync'
const lock = new Lock()
async function save() {
  using _ = await lock.acquire()
}
export async function main() {
  await shield(save)
}`,
    },
  ],
}

export const startedGather: Kind = {
  name: 'started calls given to gather',
  rule: 'no-started-call',
  programs: [
    {
      wrong: `
import { gather, sleep } from 'asyncio-ts'
async function f() { await sleep(1) }
async function g() { await sleep(2) }
export async function main() {
  await gather([f(), g()])
}`,
      right: `
import { gather, sleep } from 'asyncio-ts'
async function f() { await sleep(1) }
async function g() { await sleep(2) }
export async function main() {
  await gather([() => f(), g])
}`,
    },
    {
      wrong: `
import { gather, sleep } from 'asyncio-ts'
async function get(url: string) {
  await sleep(1)
  return url
}
export async function main(urls: string[]) {
  return await gather(...urls.map((url) => get(url)))
}`,
      right: `
import { gather, sleep } from 'asyncio-ts'
async function get(url: string) {
  await sleep(1)
  return url
}
export async function main(urls: string[]) {
  return await gather(...urls.map((url) => () => get(url)))
}`,
    },
    {
      wrong: `
import { asCompleted, sleep } from 'asyncio-ts'
export async function main(delays: number[]) {
  for await (const task of asCompleted(delays.map(async (s) => { await sleep(s); return s }))) console.log(task)
}`,
      right: `
import { asCompleted, sleep } from 'asyncio-ts'
export async function main(delays: number[]) {
  for await (const task of asCompleted(delays.map((s) => async () => { await sleep(s); return s }))) console.log(task)
}`,
    },
  ],
}

export const groupless: Kind = {
  name: 'Promise.all of started calls in a task',
  rule: 'prefer-task-group',
  programs: [
    {
      wrong: `
import { run, sleep } from 'asyncio-ts'
async function get(n: number) {
  await sleep(n)
  return n
}
await run(async () => {
  const [a, b] = await Promise.all([get(1), get(2)])
  console.log(a, b)
})`,
      right: `
import { run, sleep, taskGroup } from 'asyncio-ts'
async function get(n: number) {
  await sleep(n)
  return n
}
await run(async () => {
  await taskGroup(async (tg) => {
    const a = tg.createTask(() => get(1))
    const b = tg.createTask(() => get(2))
    console.log(await a, await b)
  })
})`,
    },
    {
      wrong: `
import { Queue } from 'asyncio-ts'
const queue = new Queue<string>()
async function store(item: string) {
  await queue.put(item)
}
export async function storeAll(items: string[]) {
  await Promise.all(items.map((item) => store(item)))
  await queue.join()
}`,
      right: `
import { Queue, gather } from 'asyncio-ts'
const queue = new Queue<string>()
async function store(item: string) {
  await queue.put(item)
}
export async function storeAll(items: string[]) {
  await gather(items.map((item) => () => store(item)))
  await queue.join()
}`,
    },
    {
      wrong: `
import { createTask, sleep } from '@asyncio-ts/tasks'
async function main() {
  await Promise.all([sleep(1), sleep(2)])
}
createTask(main)`,
      right: `
import { createTask, sleep } from '@asyncio-ts/tasks'
async function main() {
  const first = createTask(sleep(1))
  const second = createTask(sleep(2))
  await Promise.all([first, second])
}
createTask(main)`,
    },
  ],
}
