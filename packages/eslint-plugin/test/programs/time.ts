import type { Kind } from './kind.ts'

export const milliseconds: Kind = {
  name: 'milliseconds for seconds',
  rule: 'no-milliseconds',
  programs: [
    {
      wrong: `
import { sleep as pause } from 'asyncio-ts'
export async function main() {
  await pause(500)
}`,
      right: `
import { sleep as pause } from 'asyncio-ts'
export async function main() {
  await pause(0.5)
  await pause(3600)
}`,
    },
    {
      wrong: `
import * as asyncio from 'asyncio-ts'
const LIMIT = 5000
export async function main() {
  await asyncio.timeout(LIMIT, async () => { await asyncio.sleep(1) })
}`,
      right: `
import * as asyncio from 'asyncio-ts'
const LIMIT = 5
export async function main() {
  await asyncio.timeout(LIMIT, async () => { await asyncio.sleep(1) })
  await asyncio.timeout(5 * 60, async () => { await asyncio.sleep(1) })
}`,
    },
    {
      wrong: `
import { Lock } from '@asyncio-ts/sync'
const lock = new Lock()
export async function main() {
  using _ = await lock.acquire({ timeout: 1000 })
}`,
      right: `
import { Lock } from '@asyncio-ts/sync'
const lock = new Lock()
export async function main() {
  using _ = await lock.acquire({ timeout: 1 })
  setTimeout(() => console.log('late'), 1000)
}`,
    },
    {
      wrong: `
import { waitFor, sleep } from 'asyncio-ts'
export async function main(delayMs: number) {
  await waitFor(sleep(1), delayMs)
}`,
      right: `
import { waitFor, sleep } from 'asyncio-ts'
export async function main(delayMs: number) {
  await waitFor(sleep(1), delayMs / 1000)
}`,
    },
  ],
}

export const signalLess: Kind = {
  name: 'a foreign promise under a limit, without the signal',
  rule: 'no-signal-less-wait',
  programs: [
    {
      wrong: `
import { timeout } from 'asyncio-ts'
export async function load(url: string) {
  return await timeout(1, async () => {
    const answer = await fetch(url)
    return await answer.text()
  })
}`,
      right: `
import { timeout } from 'asyncio-ts'
declare module 'asyncio-ts' {}
export async function load(url: string) {
  return await timeout(1, async ({ signal }: any) => {
    const answer = await fetch(url, { signal })
    return await answer.text()
  })
}`,
    },
    {
      wrong: `
import { waitFor } from '@asyncio-ts/tasks'
const nap = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
export async function main() {
  await waitFor(async () => nap(1000), 0.1)
}`,
      right: `
import { waitFor, wrapFuture } from '@asyncio-ts/tasks'
const nap = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
export async function main() {
  await waitFor(async () => wrapFuture(nap(1000)), 0.1)
}`,
    },
    {
      wrong: `
import { setTimeout } from 'node:timers/promises'
import * as asyncio from 'asyncio-ts'
async function step() {
  await setTimeout(1000)
}
export async function main() {
  await asyncio.timeoutAt(asyncio.getRunningLoop().time() + 1, async () => {
    await step()
  })
}`,
      right: `
import { setTimeout } from 'node:timers/promises'
import * as asyncio from 'asyncio-ts'
async function step(signal: AbortSignal) {
  await setTimeout(1000, undefined, { signal })
}
export async function main() {
  const { signal } = asyncio.currentTask()!
  await asyncio.timeoutAt(asyncio.getRunningLoop().time() + 1, async () => {
    await step(signal)
    await asyncio.sleep(1)
  })
}`,
    },
  ],
}

export const race: Kind = {
  name: 'a time limit made by a race',
  rule: 'no-promise-race-timeout',
  programs: [
    {
      wrong: `
import { sleep, Queue } from 'asyncio-ts'
const queue = new Queue<number>()
export async function next() {
  return await Promise.race([queue.get(), sleep(1)])
}`,
      right: `
import { timeout, Queue } from 'asyncio-ts'
const queue = new Queue<number>()
export async function next() {
  return await timeout(1, () => queue.get())
}`,
    },
    {
      wrong: `
import { createTask } from '@asyncio-ts/tasks'
declare function work(): Promise<string>
export const task = createTask(async () => {
  return await Promise.race([
    work(),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 1000)),
  ])
})`,
      right: `
import { createTask, FIRST_COMPLETED, wait } from '@asyncio-ts/tasks'
declare function work(): Promise<string>
export const task = createTask(async () => {
  const first = createTask(() => work())
  const second = createTask(() => work())
  await wait([first, second], { returnWhen: FIRST_COMPLETED })
})`,
    },
    {
      wrong: `
import { Event, sleep } from 'asyncio-ts'
async function rejectLater(seconds: number): Promise<never> {
  await sleep(seconds)
  throw new Error('late')
}
export async function ready(event: Event) {
  await Promise.race([event.wait(), rejectLater(5)])
}`,
      right: `
import { Event } from 'asyncio-ts'
export async function ready(event: Event, other: Event) {
  await event.wait({ timeout: 5 })
  await Promise.race([event.wait(), other.wait()])
}`,
    },
  ],
}
