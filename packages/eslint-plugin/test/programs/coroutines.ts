import type { Kind } from './kind.ts'

export const plainYield: Kind = {
  name: 'yield for yield*',
  rule: 'require-yield-star',
  programs: [
    {
      wrong: `
import { coroutine, sleep } from 'asyncio-ts'
export const work = coroutine(function* () {
  yield sleep(1)
})`,
      right: `
import { coroutine, sleep } from 'asyncio-ts'
export const work = coroutine(function* () {
  yield* sleep(1)
})`,
    },
    {
      wrong: `
import { Queue } from '@asyncio-ts/queues'
import { run } from '@asyncio-ts/loop'
const queue = new Queue<number>()
function* main() {
  const item = yield queue.get()
  console.log(item)
}
await run(main)`,
      right: `
import { Queue } from '@asyncio-ts/queues'
import { run } from '@asyncio-ts/loop'
const queue = new Queue<number>()
function* main() {
  const item = yield* queue.get()
  console.log(item)
}
await run(main)`,
    },
    {
      wrong: `
import * as asyncio from 'asyncio-ts'
export function* both(): asyncio.Coroutine<void> {
  const task = asyncio.createTask(asyncio.sleep(1))
  yield task
}`,
      right: `
import * as asyncio from 'asyncio-ts'
export function* both(): asyncio.Coroutine<void> {
  const task = asyncio.createTask(asyncio.sleep(1))
  yield
  yield* task
}
export function* tasks() {
  for (const n of [1, 2]) yield asyncio.createTask(asyncio.sleep(n))
}`,
    },
  ],
}

export const floating: Kind = {
  name: 'a coroutine nobody awaits',
  rule: 'no-floating-coroutine',
  programs: [
    {
      wrong: `
import { sleep } from 'asyncio-ts'
export async function blink() {
  console.log('on')
  sleep(1)
  console.log('off')
}`,
      right: `
import { sleep } from 'asyncio-ts'
export async function blink() {
  console.log('on')
  await sleep(1)
  console.log('off')
}`,
    },
    {
      wrong: `
import asyncio from 'asyncio-ts'
const queue = new asyncio.Queue<number>(1)
export async function fill(items: number[]) {
  items.forEach((item) => queue.put(item))
  void queue.join()
}`,
      right: `
import asyncio from 'asyncio-ts'
const queue = new asyncio.Queue<number>(1)
export async function fill(items: number[]) {
  items.forEach((item) => queue.putNowait(item))
  await queue.join()
}`,
    },
    {
      wrong: `
import { coroutine, sleep, createTask } from 'asyncio-ts'
const tick = coroutine(function* (n: number) {
  yield* sleep(n)
})
export async function main() {
  const pending = tick(1)
  createTask(tick(2))
  await sleep(3)
}`,
      right: `
import { coroutine, sleep, createTask } from 'asyncio-ts'
const tick = coroutine(function* (n: number) {
  yield* sleep(n)
})
export async function main() {
  const pending = tick(1)
  createTask(tick(2))
  await sleep(3)
  await pending
}`,
    },
    {
      wrong: `
import { Lock } from 'asyncio-ts'
class Account {
  readonly #lock = new Lock()
  async close() {
    if (this.#lock.acquire({ timeout: 1 })) return true
    return false
  }
}
export { Account }`,
      right: `
import { Lock } from 'asyncio-ts'
class Account {
  readonly #lock = new Lock()
  async close() {
    using guard = await this.#lock.acquire({ timeout: 1 })
    return guard !== undefined
  }
}
export { Account }`,
    },
  ],
}

export const promiseInGenerator: Kind = {
  name: 'a promise in a generator, not wrapped',
  rule: 'no-await-in-generator',
  programs: [
    {
      wrong: `
import { coroutine, sleep } from 'asyncio-ts'
export const load = coroutine(function* (url: string) {
  yield* sleep(0.1)
  const answer = yield fetch(url)
  return answer
})`,
      right: `
import { coroutine, sleep, wrapFuture } from 'asyncio-ts'
export const load = coroutine(function* (url: string) {
  yield* sleep(0.1)
  const answer = yield* wrapFuture((signal) => fetch(url, { signal }))
  return answer
})`,
    },
    {
      wrong: `
import { readFile } from 'node:fs/promises'
import { createTask } from '@asyncio-ts/tasks'
export const task = createTask(function* () {
  const text: string = yield* readFile('a.txt', 'utf8')
  return text
})`,
      right: `
import { readFile } from 'node:fs/promises'
import { createTask, wrapFuture } from '@asyncio-ts/tasks'
export const task = createTask(function* () {
  const text: string = yield* wrapFuture(readFile('a.txt', 'utf8'))
  return text
})`,
    },
    {
      wrong: `
import { coroutine, sleep } from 'asyncio-ts'
async function helper() {
  await sleep(1)
  return 1
}
export const work = coroutine(function* () {
  return yield* helper()
})`,
      right: `
import { coroutine, createTask, sleep } from 'asyncio-ts'
async function helper() {
  await sleep(1)
  return 1
}
export const work = coroutine(function* () {
  return yield* createTask(helper)
})`,
    },
    {
      wrong: `
import { coroutine, sleep } from 'asyncio-ts'
export const work = coroutine(async function* () {
  await sleep(1)
})`,
      right: `
import { createTask, sleep } from 'asyncio-ts'
export const work = () => createTask(async function () {
  await sleep(1)
})`,
    },
  ],
}
