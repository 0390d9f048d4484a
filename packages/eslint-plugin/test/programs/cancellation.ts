import type { Kind } from './kind.ts'

export const swallowedCatch: Kind = {
  name: 'a catch that swallows a cancel',
  rule: 'no-swallowed-cancellation',
  programs: [
    {
      wrong: `
import { Queue } from 'asyncio-ts'
declare function handle(job: string): void
export async function worker(queue: Queue<string>) {
  while (true) {
    try {
      handle(await queue.get())
    } catch (error) {
      console.error('job failed', error)
    }
  }
}`,
      right: `
import { Queue, rethrowIfCancelled } from 'asyncio-ts'
declare function handle(job: string): void
export async function worker(queue: Queue<string>) {
  while (true) {
    try {
      handle(await queue.get())
    } catch (error) {
      rethrowIfCancelled(error)
      console.error('job failed', error)
    }
  }
}`,
    },
    {
      wrong: `
import * as asyncio from 'asyncio-ts'
async function attempt() {
  await asyncio.sleep(0.1)
  return Math.random() > 0.5
}
export async function retry(times: number) {
  let last: unknown
  for (let i = 0; i < times; i++) {
    try {
      return await attempt()
    } catch (error) {
      last = error
    }
  }
  throw last
}`,
      right: `
import * as asyncio from 'asyncio-ts'
async function attempt() {
  await asyncio.sleep(0.1)
  return Math.random() > 0.5
}
export async function retry(times: number) {
  let last: unknown
  for (let i = 0; i < times; i++) {
    try {
      return await attempt()
    } catch (error) {
      if (asyncio.isCancelled(error)) throw error
      last = error
    }
  }
  throw last
}`,
    },
    {
      wrong: `
import { coroutine } from '@asyncio-ts/core'
import { openConnection } from '@asyncio-ts/streams'
export const isUp = coroutine(function* (host: string) {
  try {
    const [, writer] = yield* openConnection(host, 80)
    writer.close()
    return true
  } catch {
    return false
  }
})`,
      right: `
import { coroutine, OSError } from '@asyncio-ts/core'
import { openConnection } from '@asyncio-ts/streams'
export const isUp = coroutine(function* (host: string) {
  try {
    const [, writer] = yield* openConnection(host, 80)
    writer.close()
    return true
  } catch (error) {
    if (!(error instanceof OSError)) throw error
    return false
  }
})`,
    },
    {
      wrong: `
import { timeout, sleep } from 'asyncio-ts'
export async function poll() {
  try {
    await timeout(5, async () => { await sleep(1) })
  } catch (error) {
    if (error instanceof Error) return error.message
    throw error
  }
  return 'fine'
}`,
      right: `
import { timeout, sleep, TimeoutError } from 'asyncio-ts'
export async function poll() {
  try {
    await timeout(5, async () => { await sleep(1) })
  } catch (error) {
    if (error instanceof TimeoutError) return error.message
    throw error
  }
  return 'fine'
}`,
    },
  ],
}

export const swallowedCallback: Kind = {
  name: 'a callback of catch() that swallows a cancel',
  rule: 'no-swallowed-cancellation',
  programs: [
    {
      wrong: `
import { sleep, createTask } from 'asyncio-ts'
export const task = createTask(async () => {
  await sleep(1).catch(() => undefined)
})`,
      right: `
import { sleep, createTask, rethrowIfCancelled } from 'asyncio-ts'
export const task = createTask(async () => {
  await sleep(1).catch((error) => rethrowIfCancelled(error))
})`,
    },
    {
      wrong: `
import { Event } from '@asyncio-ts/sync'
export async function ready(event: Event) {
  return await event.wait({ timeout: 1 }).then(() => true, () => false)
}`,
      right: `
import { Event } from '@asyncio-ts/sync'
import { TimeoutError } from '@asyncio-ts/core'
export async function ready(event: Event) {
  return await event.wait({ timeout: 1 }).then(() => true, (error) => {
    if (!(error instanceof TimeoutError)) throw error
    return false
  })
}`,
    },
    {
      wrong: `
import { createTask, sleep } from 'asyncio-ts'
const task = createTask(async () => { await sleep(1) })
export async function stop() {
  task.cancel()
  await task.catch((error) => console.warn(error))
}`,
      right: `
import { createTask, sleep } from 'asyncio-ts'
const task = createTask(async () => { await sleep(1) })
export async function stop() {
  task.cancel()
  void task.catch((error) => console.warn(error))
  await sleep(0)
}`,
    },
  ],
}

export const returningFinally: Kind = {
  name: 'a finally that returns',
  rule: 'no-swallowed-cancellation',
  programs: [
    {
      wrong: `
import { sleep } from 'asyncio-ts'
export async function work() {
  let done = 0
  try {
    await sleep(1)
    done++
  } finally {
    return done
  }
}`,
      right: `
import { sleep } from 'asyncio-ts'
export async function work() {
  let done = 0
  try {
    await sleep(1)
    done++
  } finally {
    console.log(done)
  }
  return done
}`,
    },
    {
      wrong: `
import { Queue } from 'asyncio-ts'
export function* drain(queue: Queue<number>) {
  for (;;) {
    try {
      yield* queue.get()
    } finally {
      if (queue.empty()) break
    }
  }
}`,
      right: `
import { Queue } from 'asyncio-ts'
export function* drain(queue: Queue<number>) {
  for (;;) {
    try {
      yield* queue.get()
    } finally {
      for (const n of [1, 2]) if (n > 1) break
    }
    if (queue.empty()) break
  }
}`,
    },
    {
      wrong: `
import { Lock, sleep } from 'asyncio-ts'
const lock = new Lock()
export async function all(names: string[]) {
  for (const name of names) {
    const guard = await lock.acquire()
    try {
      await sleep(name.length)
    } finally {
      guard.release()
      continue
    }
  }
}`,
      right: `
import { Lock, sleep } from 'asyncio-ts'
const lock = new Lock()
export async function all(names: string[]) {
  for (const name of names) {
    const guard = await lock.acquire()
    try {
      await sleep(name.length)
    } finally {
      guard.release()
    }
    continue
  }
}`,
    },
  ],
}
