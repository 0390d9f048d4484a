import { describe, expect, it } from 'vitest'
import { asyncSpelling } from '../src/async-spelling.ts'

describe('asyncSpelling', () => {
  it('turns generator functions and their waits into async functions', () => {
    const source = 'const worker = co(function* (n: number) {\n  using _ = yield* lock.acquire()\n})'
    expect(asyncSpelling(source)).toBe(
      'const worker = co(async function (n: number) {\n  using _ = await lock.acquire()\n})',
    )
  })

  it('keeps functions that are async in both spellings', () => {
    const source = 'export async function program() {\n  await loop.runForever()\n}'
    expect(asyncSpelling(source)).toBe(source)
  })

  it('drops the type of a coroutine, which the async function does not have', () => {
    expect(asyncSpelling('function* (): Coroutine<void> {')).toBe('async function () {')
  })
})
