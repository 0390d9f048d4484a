import { expect, test, describe } from 'vitest'
import { runChild } from './child.ts'

/** Runs `source` with two independent copies of the package, `a` and `b`; one of them is minified. */
async function withCopies(source: string): Promise<string> {
  const { stdout, stderr } = await runChild(
    `import * as b from './copy.mjs'
    const a = core
    const tick = () => new Promise((resolve) => setImmediate(resolve))
    const show = (...values) => console.log(values.map(String).join(' '))
    ${source}`,
  )
  expect(stderr).toBe('')
  return stdout.trim()
}

describe('two copies of core in one process', () => {
  test('are two, and share the loop', async () => {
    expect(
      await withCopies(`
        show(a.Future === b.Future, a.getRunningLoop() === b.getRunningLoop(), a.getEventLoop() === b.getEventLoop())`),
    ).toBe('false true true')
  })

  test('recognise what the other made', async () => {
    expect(
      await withCopies(`
        const future = new b.Future()
        const work = b.coroutine(function* () { return 1 })
        show(a.isFuture(future), a.isFuture(new b.Task(function* () {})), a.isCoroutine(work()))
        show(a.isCancelled(new b.CancelledError()), a.isCoroutineFunction(work))
        try { a.rethrowIfCancelled(new b.CancelledError('x')); show('no') } catch (error) { show('rethrown') }`),
    ).toBe('true true true\ntrue true\nrethrown')
  })

  test.each([
    ['a generator', 'function* () { return yield* future }'],
    ['an async function', 'async () => await future'],
  ])('%s of one waits for a future of the other', async (_name, body) => {
    expect(
      await withCopies(`
        const future = new b.Future()
        const task = new a.Task(${body})
        await tick()
        show(String(future).includes('pending'), task.done())
        future.setResult('value')
        show(await task)`),
    ).toBe('true false\nvalue')
  })

  test.each([
    ['a generator', 'function* () { try { yield* future } finally { show("finally") } }'],
    ['an async function', 'async () => { try { await future } finally { show("finally") } }'],
  ])('%s of one cancels the future of the other it waits for', async (_name, body) => {
    expect(
      await withCopies(`
        const future = new b.Future()
        const task = new a.Task(${body})
        await tick(); await tick()
        task.cancel('stop')
        try { await task } catch (error) { show(error.name, error.message, a.isCancelled(error), b.isCancelled(error)) }
        show(task.cancelled(), future.cancelled())`),
    ).toBe('finally\nCancelledError stop true true\ntrue true')
  })

  test('a coroutine of one runs as a part of the task of the other', async () => {
    expect(
      await withCopies(`
        const inner = b.coroutine(function* () {
          const before = b.currentTask()
          yield* new b.Future().getLoop() && pause()
          return before === b.currentTask() && before === a.currentTask()
        })
        const pause = a.coroutine(function* () { yield })
        const outer = new a.Task(async () => [await inner(), a.currentTask() === outer, b.currentTask() === outer])
        show(await outer)
        const generator = new b.Task(function* () { return yield* a.coroutine(function* () {
          yield
          return a.currentTask() === generator
        })() })
        show(await generator)`),
    ).toBe('true,true,true\ntrue')
  })

  test('a body run by one inside a task of the other keeps the task, and is cancelled with it', async () => {
    expect(
      await withCopies(`
        const scope = a.coroutine(function* (body) { return yield* a.runBody(body) })
        const future = new b.Future()
        const task = new b.Task(function* () {
          yield* scope(async () => {
            try { await future } finally { show(b.currentTask() === task) }
          })
        })
        await tick(); await tick()
        task.cancel()
        try { await task } catch (error) { show(error.name) }`),
    ).toBe('true\nCancelledError')
  })

  test('see the same tasks', async () => {
    expect(
      await withCopies(`
        const one = new a.Task(function* () { yield }, { name: 'of a' })
        const two = new b.Task(function* () { yield }, { name: 'of b' })
        show([...a.allTasks()].map((task) => task.getName()))
        show([...b.allTasks()].map((task) => task.getName()))
        await one; await two
        show(a.allTasks().size, b.allTasks().size)`),
    ).toBe('of a,of b\nof a,of b\n0 0')
  })

  test('number their tasks together', async () => {
    expect(
      await withCopies(`
        const names = [a, b, a, b].map((copy) => new copy.Task(function* () {}).getName())
        show(new Set(names).size)`),
    ).toBe('4')
  })

  test('share contexts', async () => {
    expect(
      await withCopies(`
        const variable = new a.ContextVar('v', { default: 'default' })
        const other = new b.ContextVar('w', { default: 'default' })
        const task = new b.Task(async () => {
          variable.set('set in a task of b')
          other.set('also')
          await tick()
          const inner = new a.Task(function* () { yield; return variable.get() + ', ' + other.get() })
          return await inner
        })
        show(await task)
        show(variable.get(), other.get())
        const context = b.copyContext()
        context.run(() => variable.set('inside'))
        show(context.get(variable), new a.Context().run(() => b.copyContext().size))
        a.getRunningLoop().callSoon(() => show(variable.get()), { context })
        await tick(); await tick()`),
    ).toBe('set in a task of b, also\ndefault default\ninside 0\ninside')
  })

  test('refuse a bad await of the other', async () => {
    expect(
      await withCopies(`
        const future = new b.Future()
        const loop = new b.BaseEventLoop()
        for (const body of [
          function* () { yield future },
          function* () { yield* loop.createFuture() },
          async () => { await loop.createFuture() },
        ]) {
          try { await new a.Task(body) } catch (error) { show(error.name, /yield\\*|different loop/.test(error.message)) }
        }
        try { new a.Task(new b.Task(function* () {})) } catch (error) { show(error.name) }`),
    ).toBe('RuntimeError true\nRuntimeError true\nRuntimeError true\nTypeError')
  })

  test('split groups of the other, and match their errors', async () => {
    expect(
      await withCopies(`
        const group = new a.ExceptionGroup('g', [new b.ExceptionGroup('in', [new RangeError('r')]), new TypeError('t')])
        show(a.matchErrors(group, RangeError).length, b.matchErrors(group, TypeError).length)
        show(group.subgroup(RangeError)?.errors[0].errors?.[0].message)`),
    ).toBe('1 1\nr')
  })
})
