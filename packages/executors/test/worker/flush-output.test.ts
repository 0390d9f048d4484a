import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newFlush } from '../../src/worker/flush-output.ts'

/** An output whose reader takes what was written when the test says so. */
class FakeOutput {
  writable = true
  writableLength = 0
  readonly #waiting: (() => void)[] = []

  write(_text: string, callback: () => void): void {
    this.#waiting.push(callback)
  }

  taken(): void {
    this.writableLength = 0
    for (const callback of this.#waiting.splice(0)) callback()
  }
}

let stdout: FakeOutput
let stderr: FakeOutput

beforeEach(() => {
  vi.useFakeTimers()
  stdout = new FakeOutput()
  stderr = new FakeOutput()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('the wait for what was printed', () => {
  it('is none where nothing was', () => {
    expect(newFlush({ stdout, stderr })()).toBeNull()
  })

  it('ends when all outputs have been taken', async () => {
    stdout.writableLength = stderr.writableLength = 5
    const flushed = newFlush({ stdout, stderr })()
    let isOut = false
    void flushed!.then(() => (isOut = true))
    stdout.taken()
    await Promise.resolve()
    expect(isOut).toBe(false)
    stderr.taken()
    await flushed
    expect(vi.getTimerCount()).toBe(0)
  })

  it('gives up on a parent that takes nothing, and does not wait again', async () => {
    stdout.writableLength = 5
    const flush = newFlush({ stdout, stderr })
    const flushed = flush()
    vi.advanceTimersByTime(1000)
    await flushed
    expect(flush()).toBeNull()
  })

  it('is none where an output was closed', () => {
    stdout.writableLength = 5
    stdout.writable = false
    expect(newFlush({ stdout, stderr })()).toBeNull()
  })
})
