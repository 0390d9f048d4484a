import { sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'

function* third(value: number): Coroutine<number> {
  yield* sleep(0)
  return value + 1
}

function* second(value: number): Coroutine<number> {
  return yield* third(value)
}

function* first(value: number): Coroutine<number> {
  return yield* second(value)
}

export function* generators(n: number): Coroutine<number> {
  let count = 0
  for (let i = 0; i < n; i++) count = yield* first(count)
  return count
}

async function thirdAsync(value: number): Promise<number> {
  await sleep(0)
  return value + 1
}

async function secondAsync(value: number): Promise<number> {
  return await thirdAsync(value)
}

async function firstAsync(value: number): Promise<number> {
  return await secondAsync(value)
}

export async function functions(n: number): Promise<number> {
  let count = 0
  for (let i = 0; i < n; i++) count = await firstAsync(count)
  return count
}
