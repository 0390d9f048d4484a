import { describe, expect, test } from 'vitest'
import { runChild } from '../child.ts'

/** Runs `source` where the host offers no AsyncLocalStorage, as in a browser. */
async function withoutHooks(source: string, hide = 'process.getBuiltinModule = undefined'): Promise<string> {
  const { stdout, stderr } = await runChild(source, { files: { 'hide.mjs': hide }, first: './hide.mjs' })
  expect(stderr).toBe('')
  return stdout.trim()
}

const PRELUDE = `
const show = (...values) => console.log(values.map(String).join(' '))
const sleep = core.coroutine(function* (seconds) {
  const future = new core.Future()
  const timer = new core.WakeTimer(future, core.getRunningLoop().time() + seconds)
  try { yield* future } finally { timer.cancel() }
})
`

describe('a host without AsyncLocalStorage', () => {
  test.each([
    ['as in a browser', 'process.getBuiltinModule = undefined'],
    ['without process', 'globalThis.console.log = console.log.bind(console); delete globalThis.process'],
  ])('runs tasks, futures, coroutines and timers in both spellings, %s', async (_name, hide) => {
    expect(
      await withoutHooks(
        `${PRELUDE}
        const work = core.coroutine(function* (n) { yield* sleep(0.001); return n * 2 })
        show(await work(1), await new core.Task(work(2)), await new core.Task(async () => await work(3)))
        show(await new core.Task(function* () { return (yield* work(4)) + (yield* core.runBody(async () => await work(5))) }))
        try { await new core.Task(async () => { await sleep(0); throw new RangeError('x') }) } catch (e) { show(e.message) }`,
        hide,
      ),
    ).toBe('2 4 6\n18\nx')
  })

  test('knows the current task in generators', async () => {
    expect(
      await withoutHooks(`${PRELUDE}
        const task = new core.Task(function* () {
          const seen = [core.currentTask() === task]
          yield* sleep(0.001)
          seen.push(core.currentTask() === task)
          return seen
        })
        show(await task, core.currentTask())`),
    ).toBe('true,true null')
  })

  test('knows the current task of an async function, and hands it over', async () => {
    expect(
      await withoutHooks(`${PRELUDE}
        const task = new core.Task(async (self) => {
          await sleep(0.001)
          return [self === task, self.getName(), core.currentTask() === task].join()
        }, { name: 'given' })
        show(await task)`),
    ).toBe('true,given,true')
  })

  test('cancels generators wherever they wait', async () => {
    expect(
      await withoutHooks(`${PRELUDE}
        const task = new core.Task(function* () {
          try { yield* sleep(100) } finally { yield* sleep(0.001); show('cleaned up') }
        })
        await sleep(0.001)
        task.cancel()
        try { await task } catch (error) { show(error.name, task.cancelled()) }`),
    ).toBe('cleaned up\nCancelledError true')
  })

  test('cancels an async function through its signal', async () => {
    expect(
      await withoutHooks(`${PRELUDE}
        const task = new core.Task(async (self) => {
          await new Promise((_, reject) => {
            const timer = setTimeout(() => undefined, 100000)
            self.signal.addEventListener('abort', () => { clearTimeout(timer); reject(self.signal.reason ?? 1) })
          })
        })
        await sleep(0.001)
        task.cancel()
        try { await task } catch (error) { show(task.done(), task.cancelled()) }`),
    ).toBe('true true')
  })

  test('keeps context variables of generators apart', async () => {
    expect(
      await withoutHooks(`${PRELUDE}
        const variable = new core.ContextVar('v', { default: 'none' })
        const paint = (name) => new core.Task(function* () {
          variable.set(name)
          yield* sleep(0.001)
          return variable.get()
        })
        const tasks = [paint('a'), paint('b')]
        show(await tasks[0], await tasks[1], variable.get())`),
    ).toBe('a b none')
  })
})
