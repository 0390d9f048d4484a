import { describe, expect, test } from 'vitest'
import { runChild } from '../child.ts'

const GC = { flags: ['--expose-gc'] }

/** Makes garbage in a function of its own, then collects until the loop has been told, or for a while. */
const COLLECT = `
const told = []
const loop = core.getRunningLoop()
loop.setExceptionHandler((_, context) => told.push(context))
async function collect(limit = 20) {
  for (let i = 0; i < limit && told.length === 0; i++) {
    gc()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  console.log(told.map((c) => c.message + ' | ' + c.exception.message).join('\\n') || 'nothing told')
  process.exitCode = 0
}
`

describe('an error that nobody retrieves', () => {
  test('of a future is reported when the future is collected', async () => {
    const { stdout, stderr } = await runChild(
      `${COLLECT}
      function make() { new core.Future().setException(new RangeError('lost')) }
      make()
      await collect()`,
      GC,
    )
    expect([stdout, stderr]).toEqual(['Future exception was never retrieved | lost\n', ''])
  })

  test.each([
    ['generator', 'function* () { throw new RangeError("lost") }'],
    ['async function', 'async () => { throw new RangeError("lost") }'],
  ])('of a task with a %s is reported when the task is collected', async (_name, body) => {
    const { stdout, stderr } = await runChild(
      `${COLLECT}
      function make() { new core.Task(${body}, { name: 'worker' }) }
      make()
      await collect()
      console.log(String(told[0].future))`,
      GC,
    )
    expect(stderr).toBe('')
    expect(stdout).toContain('Task exception was never retrieved | lost\n')
    expect(stdout).toContain("<Task finished name='worker'")
    expect(stdout).toContain("exception=RangeError('lost')")
  })

  test.each([
    ['awaited', 'const f = fail(); try { await f } catch {}'],
    ['asked for with exception()', 'fail().exception()'],
    ['asked for with result()', 'try { fail().result() } catch {}'],
    ['caught', 'await fail().catch(() => undefined)'],
    ['handled by then', 'await fail().then(undefined, () => undefined)'],
    ['taken by yield*', 'await new core.Task(function* () { try { yield* fail() } catch {} })'],
    ['taken by a done-callback', 'fail().addDoneCallback((f) => f.exception()); await turn()'],
    ['cancelled after the fact', 'fail().cancel()'],
    ['handled by Promise.all', 'await Promise.all([fail()]).catch(() => undefined)'],
    ['the error of a cancel', 'const f = new core.Future(); f.cancel()'],
  ])('is not reported once it was %s', async (_name, use) => {
    const { stdout, stderr, code } = await runChild(
      `${COLLECT}
      const turn = () => new Promise((resolve) => loop.callSoon(resolve))
      function fail() { const f = new core.Future(); f.setException(new RangeError('lost')); return f }
      async function work() { ${use} }
      await work()
      await collect(5)`,
      GC,
    )
    expect([stdout, stderr, code]).toEqual(['nothing told\n', '', 0])
  })

  test('is printed with the name and the stack when no handler is set', async () => {
    const { stderr, code } = await runChild(
      `function make() { new core.Task(async function work() { throw new RangeError('lost') }, { name: 'worker' }) }
      make()
      await new Promise((resolve) => setTimeout(resolve, 5))
      gc()
      await new Promise((resolve) => setTimeout(resolve, 5))`,
      GC,
    )
    expect(stderr).toContain('Task exception was never retrieved')
    expect(stderr).toContain("name='worker'")
    expect(stderr).toContain('RangeError: lost')
    expect(stderr).toContain('at work')
    expect(code).toBe(0)
  })

  test('is reported when the process ends, though nothing was collected', async () => {
    const { stderr, code } = await runChild(
      `globalThis.kept = new core.Task(function* () { throw new RangeError('at exit') }, { name: 'kept' })
      globalThis.future = new core.Future()
      future.setException(new TypeError('of a future'))
      await new Promise((resolve) => setTimeout(resolve, 5))`,
    )
    expect(stderr).toContain('Task exception was never retrieved')
    expect(stderr).toContain('RangeError: at exit')
    expect(stderr).toContain('Future exception was never retrieved')
    expect(stderr).toContain('TypeError: of a future')
    expect(code).toBe(0)
  })

  test('is reported by process.exit() too, and once', async () => {
    const { stderr, code } = await runChild(
      `new core.Future().setException(new RangeError('lost'))
      process.exit(3)`,
      GC,
    )
    expect(stderr.match(/never retrieved/g)).toHaveLength(1)
    expect(code).toBe(3)
  })

  test('does not end the process as an unhandled rejection', async () => {
    const { stderr, stdout, code } = await runChild(
      `process.on('unhandledRejection', () => console.log('unhandled rejection'))
      const task = new core.Task(async () => { throw new RangeError('late') })
      await new Promise((resolve) => setTimeout(resolve, 5))
      try { await task } catch (error) { console.log('caught', error.message) }`,
    )
    expect([stdout, stderr, code]).toEqual(['caught late\n', '', 0])
  })

  test('is an unhandled rejection where a chain made by hand drops it', async () => {
    const { stdout } = await runChild(
      `process.on('unhandledRejection', (error) => console.log('unhandled', error.message))
      const future = new core.Future()
      void future.then((value) => value).then(() => undefined)
      future.setException(new RangeError('dropped'))
      await new Promise((resolve) => setTimeout(resolve, 5))
      void future.catch(() => { throw new Error('by the handler') })
      await new Promise((resolve) => setTimeout(resolve, 5))
      void future.finally(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 5))`,
    )
    expect(stdout).toBe('unhandled dropped\nunhandled by the handler\nunhandled dropped\n')
  })

  test('stays unretrieved when then() is given no handler for it and nobody chains', async () => {
    const { stdout, stderr } = await runChild(
      `process.on('unhandledRejection', (error) => console.log('unhandled', error.message))
      const future = new core.Future()
      future.then(() => console.log('fulfilled'))
      future.setException(new RangeError('nobody'))
      await new Promise((resolve) => setTimeout(resolve, 5))`,
    )
    expect(stdout).toBe('')
    expect(stderr).toContain('Future exception was never retrieved')
  })

  test('does not keep the future alive', async () => {
    const { stdout } = await runChild(
      `let collected = 0
      const registry = new FinalizationRegistry(() => collected++)
      core.getRunningLoop().setExceptionHandler(() => undefined)
      function make() {
        const future = new core.Future()
        registry.register(future, 1)
        future.setException(new Error('x'))
      }
      for (let i = 0; i < 10; i++) make()
      for (let i = 0; i < 20 && collected < 10; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 1)) }
      console.log(collected)`,
      GC,
    )
    expect(stdout).toBe('10\n')
  })
})
