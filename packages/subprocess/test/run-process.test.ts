import { describe, expect } from 'vitest'
import { getRunningLoop, isCancelled, TimeoutError } from '@asyncio-ts/core'
import { CalledProcessError, DEVNULL, runProcess } from '../src/index.ts'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'

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
    expect([cmd, returncode, text(stdout), text(stderr)]).toEqual([['sh', ...script], 7, 'out\n', 'bad\n'])
    expect(message).toMatch(/returned non-zero exit status 7.*It printed: bad/s)
  })

  inBoth('kills a program that takes too long', function* (wait) {
    let error: unknown
    try {
      yield* wait(runProcess('sleep', ['60'], { timeout: 0.02 }))
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(TimeoutError)
    expect((error as Error).message).toMatch(/sleep took longer than 0.02 seconds/)
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
