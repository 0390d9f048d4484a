import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { getRunningLoop, ProcessLookupError, ValueError } from '@asyncio-ts/core'
import type { Awaitable } from '@asyncio-ts/core'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'
import type { Wait } from '../../../test-support/spellings.ts'
import { createSubprocessExec, PIPE, runProcess } from '../src/index.ts'

function* failure(wait: Wait, make: () => Awaitable<unknown>): Generator<never, Error, unknown> {
  try {
    yield* wait(make())
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not fail.')
}

/** Runs something while every object has a property that nobody gave it. */
function polluted<T>(name: string, value: unknown, body: () => T): T {
  Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true, writable: true })
  try {
    return body()
  } finally {
    delete (Object.prototype as Record<string, unknown>)[name]
  }
}

describe('options', () => {
  inBoth('are those that the caller wrote, and none of a prototype', function* (wait) {
    const started = polluted('cwd', '/usr', () => createSubprocessExec('pwd', { stdout: PIPE }))
    const [stdout] = yield* wait((yield* wait(started)).communicate())
    expect(text(stdout)).toBe(`${process.cwd()}\n`)
    expect((yield* wait(polluted('check', true, () => runProcess('false')))).returncode).toBe(1)
  })

  inBoth('are a plain object: anything else among the arguments is refused', function* (wait) {
    for (const last of [['-l'], new Date(0), new Map(), Buffer.from('x'), new Error('x'), null]) {
      const error = yield* failure(wait, () => createSubprocessExec('echo', last as never))
      expect(error).toBeInstanceOf(TypeError)
      expect(error.message).toMatch(/Arguments of a program are strings/)
    }
    expect(() => runProcess('echo', [], new Map() as never)).toThrow(TypeError)
  })
})

describe('a signal', () => {
  inBoth('that does not exist is refused, whether the child runs or not', function* (wait) {
    const child = yield* wait(createSubprocessExec('sleep', '60'))
    const bad = [NaN, -1, 1.5, 65, Infinity, 'SIGNONE', 'toString', null, {}]
    for (const signal of bad) expect(() => child.sendSignal(signal as never)).toThrow(ValueError)
    child.sendSignal(0)
    child.kill()
    yield* wait(child.wait())
    for (const signal of bad) expect(() => child.sendSignal(signal as never)).toThrow(ValueError)
  })

  inBoth('to a group reaches those that the child has left behind', function* (wait) {
    const script = 'sleep 60 & echo $!; exit 0'
    const child = yield* wait(createSubprocessExec('sh', '-c', script, { stdout: PIPE, startNewSession: true }))
    const pid = Number(text(yield* wait(child.stdout!.readline())))
    yield* wait(child.wait())
    child.kill({ group: true })
    // The end of the pipe says that nobody holds it any more.
    expect(yield* wait(child.stdout!.read())).toHaveLength(0)
    while (isAlive(pid)) yield* wait(pause())
  })

  inBoth('to a group of which nobody is left is refused: the number may be that of strangers', function* (wait) {
    const child = yield* wait(createSubprocessExec('true', { stdout: PIPE, startNewSession: true }))
    yield* wait(child.communicate())
    expect(() => child.kill({ group: true })).toThrow(ProcessLookupError)
    const other = yield* wait(createSubprocessExec('true'))
    expect(() => other.kill({ group: true })).toThrow(/Start it with \{ startNewSession: true \}/)
    yield* wait(other.wait())
  })
})

/** Lets the host in; the test's own time limit bounds a loop of it. */
function pause(): Awaitable<void> {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  loop.callLater(0.002, () => future.setResult())
  return future
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOENT')
    return false
  }
}
