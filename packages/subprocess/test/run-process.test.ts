import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { getRunningLoop, isCancelled, TimeoutError } from '@asyncio-ts/core'
import type { Awaitable } from '@asyncio-ts/core'
import { CalledProcessError, DEVNULL, OutputLimitError, runProcess, TimeoutExpired } from '../src/index.ts'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'
import type { Wait } from '../../../test-support/spellings.ts'

function* failure(wait: Wait, running: Awaitable<unknown>): Generator<never, Error, unknown> {
  try {
    yield* wait(running)
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not fail.')
}

/** Whether there is such a process, or process group when the number is negative, that is no zombie. */
function isAlive(pid: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return state !== 'Z' && (Number(name) === pid || Number(group) === -pid)
    } catch (error) {
      return error === undefined
    }
  })
}

/** Looks again and again, letting the host in between; the test's own time limit bounds it. */
function until(condition: () => boolean): Awaitable<void> {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const look = (): void => void (condition() ? future.setResult() : loop.callLater(0.002, look))
  look()
  return future
}

describe('runProcess', () => {
  inBoth('returns what a program printed', function* (wait) {
    const { returncode, stdout, stderr } = yield* wait(runProcess('sort', [], { input: 'b\na\n' }))
    expect([returncode, text(stdout), text(stderr)]).toEqual([0, 'a\nb\n', ''])
  })

  inBoth('gives a program nothing to read when there is no input', function* (wait) {
    expect(text((yield* wait(runProcess('cat'))).stdout)).toBe('')
  })

  inBoth('leaves outputs that go elsewhere alone', function* (wait) {
    expect((yield* wait(runProcess('echo', ['x'], { stdout: DEVNULL }))).stdout).toBeNull()
  })

  inBoth('returns the code of a program that failed, and throws when asked to check', function* (wait) {
    const script = ['-c', 'echo out; echo bad >&2; exit 7']
    expect((yield* wait(runProcess('sh', script))).returncode).toBe(7)
    let error: unknown
    try {
      yield* wait(runProcess('sh', script, { check: true }))
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(CalledProcessError)
    const { cmd, returncode, stdout, stderr, message } = error as CalledProcessError
    expect([cmd, returncode, text(stdout as Uint8Array), text(stderr as Uint8Array)]).toEqual([
      ['sh', ...script],
      7,
      'out\n',
      'bad\n',
    ])
    expect(message).toMatch(/returned non-zero exit status 7.*It printed: bad/s)
  })

  inBoth('kills a program that takes too long', function* (wait) {
    const error = yield* failure(wait, runProcess('sleep', ['60'], { timeout: 0.02 }))
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error.message).toBe("Command 'sleep 60' timed out after 0.02 seconds and was killed.")
  })

  inBoth('keeps to its limit though others hold the outputs, and tells what was printed', function* (wait) {
    const script = 'echo $$; echo said >&2; sleep 60 & sleep 60'
    const begin = performance.now()
    const options = { timeout: 1, startNewSession: true }
    const error = (yield* failure(wait, runProcess('sh', ['-c', script], options))) as TimeoutExpired
    expect(error).toBeInstanceOf(TimeoutExpired)
    expect(performance.now() - begin).toBeLessThan(5000)
    expect([error.cmd, error.timeout, text(error.stderr as Uint8Array)]).toEqual([['sh', '-c', script], 1, 'said\n'])
    const pid = Number(text(error.stdout as Uint8Array))
    yield* wait(until(() => !isAlive(-pid)))
  })

  inBoth('keeps to its limit though the child has gone, and what it left holds the outputs', function* (wait) {
    const script = 'echo $$; sleep 60 & exit 0'
    const options = { timeout: 1, startNewSession: true, text: true } as const
    const error = (yield* failure(wait, runProcess('sh', ['-c', script], options))) as TimeoutExpired
    expect(error).toBeInstanceOf(TimeoutExpired)
    const pid = Number(error.stdout)
    expect(pid).toBeGreaterThan(1)
    yield* wait(until(() => !isAlive(-pid)))
  })

  inBoth('keeps to its limit though the program does not read its input', function* (wait) {
    const options = { timeout: 0.05, input: new Uint8Array(3_000_000) }
    expect(yield* failure(wait, runProcess('sleep', ['60'], options))).toBeInstanceOf(TimeoutExpired)
  })

  inBoth('is cancelled by its signal, before and while it runs, with the reason as the cause', function* (wait) {
    const reason = new Error('enough')
    const before = yield* failure(wait, runProcess('sleep', ['60'], { signal: AbortSignal.abort(reason), check: true }))
    const controller = new AbortController()
    const loop = getRunningLoop()
    loop.callLater(0.05, () => controller.abort(reason))
    const options = { signal: controller.signal, check: true }
    const during = yield* failure(wait, runProcess('sh', ['-c', 'sleep 2 & sleep 60'], options))
    for (const error of [before, during]) {
      expect(isCancelled(error)).toBe(true)
      expect(error.cause).toBe(reason)
    }
  })

  inBoth('returns text when asked for it', function* (wait) {
    const { stdout, stderr } = yield* wait(
      runProcess('sh', ['-c', 'printf "h\\303\\251\\r\\n"; echo bad >&2'], { text: true }),
    )
    expect([stdout, stderr]).toEqual(['h\u00e9\r\n', 'bad\n'])
    const latin = yield* wait(runProcess('printf', ['\\351'], { encoding: 'latin1' }))
    expect(latin.stdout).toBe('\u00e9')
    const failed = yield* failure(wait, runProcess('sh', ['-c', 'echo out; exit 3'], { text: true, check: true }))
    expect((failed as CalledProcessError).stdout).toBe('out\n')
    expect(() => runProcess('true', [], { encoding: 'no-such' })).toThrow(/unknown encoding: no-such/)
    expect(() => runProcess('true', [], { encoding: 'latin1', input: 'x' })).toThrow(/as bytes/)
  })

  inBoth('kills a program that prints more than it may, and keeps what fits', function* (wait) {
    const error = (yield* failure(
      wait,
      runProcess('yes', [], { maxOutputBytes: 1001, text: true }),
    )) as OutputLimitError
    expect(error).toBeInstanceOf(OutputLimitError)
    expect(error.message).toMatch(/'yes' printed more than 1001 bytes and was killed/)
    expect(error.stdout).toBe(`${'y\n'.repeat(500)}y`)
    const { stdout } = yield* wait(runProcess('printf', ['12345'], { maxOutputBytes: 5, text: true }))
    expect(stdout).toBe('12345')
  })

  inBoth('says where the arguments belong', function* (wait) {
    const error = yield* failure(wait, runProcess('ls -l /', []))
    expect(error.name).toBe('FileNotFoundError')
    expect(error.message).toMatch(/runProcess\('ls', \['-l', '\/'\]\)/)
  })

  inBoth('kills the program when it is cancelled, and waits for its end', function* (wait) {
    const loop = getRunningLoop()
    const task = loop.createTask(() => runProcess('sleep', ['60']))
    const ready = loop.createFuture<void>()
    loop.callLater(0.02, () => ready.setResult())
    yield* wait(ready)
    task.cancel()
    let error: unknown
    try {
      yield* wait(task)
    } catch (thrown) {
      error = thrown
    }
    expect(isCancelled(error)).toBe(true)
  })

  inBoth('refuses what is no list of arguments', function* () {
    expect(() => runProcess('echo', 'x' as never)).toThrow(/array/)
    expect(() => runProcess('echo', [], { timeout: '1' as never })).toThrow(/seconds/)
  })
})
