import { describe, expect } from 'vitest'
import { getRunningLoop, isCancelled } from '@asyncio-ts/core'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'
import { createSubprocessExec, createSubprocessShell, DEVNULL, PIPE } from '../src/index.ts'

/** What CPython's own tests of subprocesses ask for, said anew; packages/conformance/intent names them. */
describe('a child', () => {
  inBoth('of a shell ends with the code of its command', function* (wait) {
    const process = yield* wait(createSubprocessShell('exit 7'))
    expect(yield* wait(process.wait())).toBe(7)
  })

  inBoth('reads nothing from DEVNULL, and writes nothing that could be read', function* (wait) {
    const script = 'cat; echo out; echo err >&2'
    const process = yield* wait(createSubprocessShell(script, { stdin: DEVNULL, stdout: PIPE, stderr: DEVNULL }))
    const [stdout, stderr] = yield* wait(process.communicate())
    expect([text(stdout), stderr, process.returncode]).toEqual(['out\n', null, 0])
  })

  inBoth('whose input is empty sees the end at once', function* (wait) {
    const process = yield* wait(createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE }))
    const [stdout] = yield* wait(process.communicate(''))
    expect([text(stdout), process.returncode]).toEqual(['', 0])
  })

  inBoth('goes on when the wait for it is cancelled', function* (wait) {
    const process = yield* wait(createSubprocessExec('sleep', '60'))
    const loop = getRunningLoop()
    const waiting = loop.createTask(process.wait())
    const twoTurns = loop.createFuture<void>()
    loop.callSoon(() => loop.callSoon(() => twoTurns.setResult()))
    yield* wait(twoTurns)
    waiting.cancel()
    try {
      yield* wait(waiting)
    } catch (error) {
      if (!isCancelled(error)) throw error
    }
    expect([waiting.cancelled(), process.returncode]).toEqual([true, null])
    process.kill()
    expect(yield* wait(process.wait())).toBe(-9)
  })

  inBoth('that does not exist is refused, with pipes and without', function* (wait) {
    for (const options of [{}, { stdin: PIPE, stdout: PIPE }]) {
      let name = ''
      try {
        yield* wait(createSubprocessExec('there-is-no-such-program', options))
      } catch (error) {
        name = (error as Error).name
      }
      expect(name).toBe('FileNotFoundError')
    }
  })
})
