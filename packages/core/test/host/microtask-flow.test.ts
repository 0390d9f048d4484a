import { describe, expect, test } from 'vitest'
import { runChild } from '../child.ts'
import type { ChildResult } from '../child.ts'

/** Makes Node a host without AsyncLocalStorage, before core is loaded. */
const files = { 'no-hooks.mjs': 'process.getBuiltinModule = undefined' }

const PROGRAM = `
const { coroutine, Task, getRunningLoop, currentTask, Future, ContextVar } = core
const { runBody } = core
const sleep = coroutine(function* (seconds) {
  const future = getRunningLoop().createFuture()
  const timer = getRunningLoop().callLater(seconds, () => future.done() || future.setResult(seconds))
  try { return yield* future } finally { timer.cancel() }
})
const log = (...parts) => console.log(...parts)
const run = (main) => new Task(main)
`

async function runWithoutHooks(script: string): Promise<ChildResult & { lines: string[] }> {
  const result = await runChild(`${PROGRAM}${script}`, { first: './no-hooks.mjs', files })
  return { ...result, lines: result.stdout.split('\n').filter((line) => line !== '') }
}

describe('where the host has no AsyncLocalStorage', () => {
  test('a cancel reaches an async function at a future and at a coroutine, through the calls it awaits', async () => {
    const { lines, stderr } = await runWithoutHooks(`
      const deep = async (wait, depth) => { if (depth > 0) return await deep(wait, depth - 1); await sleep(0); await null; return await wait() }
      for (const [name, wait] of [['future', () => new Future()], ['coroutine', () => sleep(60)]]) {
        const task = run(async () => {
          try { await deep(wait, 5) } finally { await sleep(0.001); log('cleaned', name) }
        })
        await sleep(0.02)
        task.cancel()
        await task.catch((error) => log(error.name))
      }`)
    expect([lines, stderr]).toEqual([['cleaned future', 'CancelledError', 'cleaned coroutine', 'CancelledError'], ''])
  })

  test('the current task and context variables are known between awaits, however tasks interleave', async () => {
    const { lines, stderr, code } = await runWithoutHooks(`
      const variable = new ContextVar('v')
      let wrong = 0
      const checks = async (task, name) => {
        for (let i = 0; i < 20; i++) {
          if (currentTask() !== task || variable.get() !== name) wrong++
          await sleep(i % 3 === 0 ? 0 : 0.001)
          if (currentTask() !== task) wrong++
          await null
          if (currentTask() !== task || variable.get() !== name) wrong++
          await (async () => { await sleep(0); await null; if (currentTask() !== task) wrong++ })()
          if (currentTask() !== task || variable.get() !== name) wrong++
          await Promise.all([sleep(0), (async () => { await sleep(0.001); await null })()])
          if (currentTask() !== task) wrong++
        }
      }
      const tasks = Array.from({ length: 10 }, (_, index) => run(async (task) => {
        variable.set('task ' + index)
        await checks(task, 'task ' + index)
      }))
      for (const task of tasks) await task
      log('wrong', wrong, currentTask())`)
    expect([lines, stderr, code]).toEqual([['wrong 0 null'], '', 0])
  })

  test('what is not of a task is not taken for one', async () => {
    const { lines } = await runWithoutHooks(`
      const seen = new Set()
      const channel = new EventTarget()
      channel.addEventListener('x', async () => { await null; seen.add(currentTask()) })
      const task = run(async () => { for (let i = 0; i < 5; i++) await sleep(0.001) })
      getRunningLoop().callLater(0.002, async () => { await null; seen.add(currentTask()); await null; seen.add(currentTask()) })
      const timer = setInterval(() => channel.dispatchEvent(new Event('x')), 1)
      await task
      clearInterval(timer)
      await sleep(0.01)
      log([...seen].map(String).join())`)
    expect(lines).toEqual(['null'])
  })

  test('what cannot be followed is said once', async () => {
    const { lines, stderr } = await runWithoutHooks(`
      const task = run(async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        log(currentTask())
        await sleep(0.001)
        await new Promise((resolve) => setTimeout(resolve, 5))
        await sleep(0.001)
        log('ended')
      })
      task.setName('job')
      await task`)
    expect(lines).toEqual(['null', 'ended'])
    expect(stderr.match(/cannot follow/g)).toHaveLength(1)
    expect(stderr).toContain('asyncio-ts cannot follow job past a promise of the host')
  })

  test('nothing is said of a program that waits for awaitables of the library', async () => {
    const { stderr, lines } = await runWithoutHooks(`
      const wrap = (promise) => { const future = new Future(); promise.then((v) => future.setResult(v)); return future }
      const task = run(async (task) => {
        await wrap(new Promise((resolve) => setTimeout(resolve, 5)))
        log(currentTask() === task)
        await sleep(0.001)
        for (let i = 0; i < 30; i++) await null
        log(currentTask() === task)
      })
      await task`)
    expect([lines, stderr]).toEqual([['true', 'true'], ''])
  })
})
