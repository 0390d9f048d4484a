import { describe, expect, test } from 'vitest'
import { runChild } from '../child.ts'

const DEBUG = { flags: ['--expose-gc'], env: { ASYNCIO_DEBUG: '1' } }
const START = `
const loop = core.getRunningLoop()
const told = []
loop.setExceptionHandler((_, context) => told.push(context))
const work = core.coroutine(function* work() { return 1 })
const collect = async () => {
  for (let i = 0; i < 10 && told.length === 0; i++) { gc(); await new Promise((resolve) => setTimeout(resolve, 1)) }
}
`

describe('a coroutine that is never awaited', () => {
  test('is reported in debug mode when it is collected, with where it was made', async () => {
    const { stdout } = await runChild(
      `${START}
      function forgetful() { work() }
      forgetful()
      await collect()
      console.log(told[0].message)
      console.log(told[0].sourceTraceback.includes('forgetful'))`,
      DEBUG,
    )
    expect(stdout).toBe("coroutine 'work' was never awaited\ntrue\n")
  })

  test('is reported when the process ends', async () => {
    const { stderr } = await runChild(
      `core.getRunningLoop()
      globalThis.kept = core.coroutine(function* kept() {})()`,
      DEBUG,
    )
    expect(stderr).toContain("coroutine 'kept' was never awaited")
  })

  test.each([
    ['awaited', 'await work()'],
    ['run as a task', 'await new core.Task(work())'],
    ['closed', 'work().return(1)'],
    ['chained on', 'await work().then(() => 1)'],
    ['stepped by hand', 'work().next()'],
    ['awaited by a generator', 'await new core.Task(function* () { yield* work() })'],
  ])('is not reported once it was %s', async (_name, use) => {
    const { stdout, stderr } = await runChild(
      `${START}
      async function use() { ${use} }
      await use()
      await collect()
      console.log(told.length)`,
      DEBUG,
    )
    expect([stdout, stderr]).toEqual(['0\n', ''])
  })

  test('is not reported outside of debug mode', async () => {
    const { stdout, stderr } = await runChild(
      `${START}
      function forgetful() { work() }
      forgetful()
      await collect()
      console.log(told.length)`,
      { flags: ['--expose-gc'], env: { ASYNCIO_DEBUG: '' } },
    )
    expect([stdout, stderr]).toEqual(['0\n', ''])
  })
})

describe('debug mode', () => {
  test('names a callback that blocks the loop, and where it was scheduled', async () => {
    const { stderr } = await runChild(
      `const loop = core.getRunningLoop()
      loop.slowCallbackDuration = 0.001
      function schedule() {
        loop.callSoon(function blocking() { const end = performance.now() + 5; while (performance.now() < end); })
      }
      schedule()
      await new Promise((resolve) => setTimeout(resolve, 20))`,
      DEBUG,
    )
    expect(stderr).toMatch(/Executing <Handle blocking\(\).*> took 0\.0\d\d seconds/)
    expect(stderr).toContain('schedule')
  })

  test('tells where the task was made whose error nobody retrieves', async () => {
    const { stdout } = await runChild(
      `${START}
      function spawner() { new core.Task(function* () { throw new Error('x') }) }
      spawner()
      await collect()
      console.log(told.length, String(told[0].sourceTraceback).includes('spawner'))`,
      DEBUG,
    )
    expect(stdout).toBe('1 true\n')
  })
})
