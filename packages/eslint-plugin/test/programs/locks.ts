import type { Kind } from './kind.ts'

export const checkThenAct: Kind = {
  name: 'a check, a wait, and an act upon the check',
  rule: 'no-check-then-act',
  programs: [
    {
      wrong: `
import { sleep } from 'asyncio-ts'
let balance = 100
export async function withdraw(amount: number) {
  if (balance >= amount) {
    await sleep(0.1)
    balance -= amount
  }
}`,
      right: `
import { Lock, sleep } from 'asyncio-ts'
let balance = 100
const lock = new Lock()
export async function withdraw(amount: number) {
  using _ = await lock.acquire()
  if (balance >= amount) {
    await sleep(0.1)
    balance -= amount
  }
}`,
    },
    {
      wrong: `
import { coroutine, sleep } from 'asyncio-ts'
const cache = new Map<string, string>()
const load = coroutine(function* (key: string) {
  yield* sleep(1)
  return key
})
export const get = coroutine(function* (key: string) {
  const known = cache.get(key)
  if (cache.has(key)) return known
  const value = yield* load(key)
  cache.set(key, value)
  return value
})`,
      right: `
import { coroutine, createTask, sleep } from 'asyncio-ts'
import type { Task } from 'asyncio-ts'
const cache = new Map<string, Task<string>>()
const load = coroutine(function* (key: string) {
  yield* sleep(1)
  return key
})
export const get = coroutine(function* (key: string) {
  if (!cache.has(key)) cache.set(key, createTask(load(key)))
  return yield* cache.get(key)!
})`,
    },
    {
      wrong: `
import { openConnection } from 'asyncio-ts'
class Pool {
  #open = 0
  async connect() {
    if (this.#open >= 2) throw new Error('full')
    const streams = await openConnection('localhost', 80)
    this.#open++
    return streams
  }
}
export { Pool }`,
      right: `
import { openConnection } from 'asyncio-ts'
class Pool {
  #open = 0
  async connect() {
    if (this.#open >= 2) throw new Error('full')
    this.#open++
    try {
      return await openConnection('localhost', 80)
    } catch (error) {
      this.#open--
      throw error
    }
  }
}
export { Pool }`,
    },
    {
      wrong: `
import { sleep } from 'asyncio-ts'
let total = 0
async function price() {
  await sleep(1)
  return 1
}
export async function add() {
  total += await price()
}`,
      right: `
import { sleep } from 'asyncio-ts'
let total = 0
async function price() {
  await sleep(1)
  return 1
}
export async function add() {
  const more = await price()
  total += more
}`,
    },
  ],
}

export const holding: Kind = {
  name: 'a wait while a lock is held that nothing would release',
  rule: 'no-await-while-holding',
  programs: [
    {
      wrong: `
import { Lock, sleep } from 'asyncio-ts'
const lock = new Lock()
export async function update() {
  await lock.acquire()
  await sleep(1)
  lock.release()
}`,
      right: `
import { Lock, sleep } from 'asyncio-ts'
const lock = new Lock()
export async function update() {
  using _ = await lock.acquire()
  await sleep(1)
}
export async function other() {
  await lock.with(async () => { await sleep(1) })
}`,
    },
    {
      wrong: `
import { Semaphore } from '@asyncio-ts/sync'
class Limiter {
  readonly #slots = new Semaphore(2)
  async run(job: () => Promise<void>) {
    await this.#slots.acquire()
    await this.prepare()
    try {
      await job()
    } finally {
      this.#slots.release()
    }
  }
  async prepare() {}
}
export { Limiter }`,
      right: `
import { Semaphore } from '@asyncio-ts/sync'
class Limiter {
  readonly #slots = new Semaphore(2)
  async run(job: () => Promise<void>) {
    await this.#slots.acquire()
    try {
      await this.prepare()
      await job()
    } finally {
      this.#slots.release()
    }
  }
  async prepare() {}
}
export { Limiter }`,
    },
    {
      wrong: `
import { Condition, coroutine } from 'asyncio-ts'
export const waitUntil = coroutine(function* (changed: Condition, isDone: () => boolean) {
  const guard = yield* changed.acquire()
  yield* changed.waitFor(isDone)
  guard.release()
})`,
      right: `
import { Condition, coroutine } from 'asyncio-ts'
export const waitUntil = coroutine(function* (changed: Condition, isDone: () => boolean) {
  const guard = yield* changed.acquire()
  try {
    yield* changed.waitFor(isDone)
  } finally {
    guard.release()
  }
})`,
    },
  ],
}

export const releasing: Kind = {
  name: 'a release that an error skips',
  rule: 'release-in-finally',
  programs: [
    {
      wrong: `
import { Lock } from 'asyncio-ts'
const lock = new Lock()
export async function update(change: () => void) {
  await lock.acquire()
  change()
  lock.release()
}`,
      right: `
import { Lock } from 'asyncio-ts'
const lock = new Lock()
let count = 0
export async function update(change: () => void) {
  await lock.acquire()
  try {
    change()
  } finally {
    lock.release()
  }
  await lock.acquire()
  count++
  lock.release()
}`,
    },
    {
      wrong: `
import { Semaphore, sleep } from 'asyncio-ts'
const slots = new Semaphore(3)
export async function job() {
  try {
    await slots.acquire()
    await sleep(1)
  } finally {
    slots.release()
  }
}`,
      right: `
import { Semaphore, sleep } from 'asyncio-ts'
const slots = new Semaphore(3)
export async function job() {
  await slots.acquire()
  try {
    await sleep(1)
  } finally {
    slots.release()
  }
}`,
    },
    {
      wrong: `
import { Lock } from 'asyncio-ts'
const lock = new Lock()
export async function job() {
  const guard = await lock.acquire()
  console.log('alone')
}`,
      right: `
import { Lock } from 'asyncio-ts'
const lock = new Lock()
export async function job() {
  const guard = await lock.acquire()
  return guard
}`,
    },
  ],
}
