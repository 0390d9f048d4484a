import { describe, expect, test } from 'vitest'
import { runChild } from '../child.ts'

const PROGRAM = `
const { coroutine, Task, getRunningLoop, currentTask } = core
const later = (seconds) => {
  const future = getRunningLoop().createFuture()
  getRunningLoop().callLater(seconds, () => future.done() || future.setResult(seconds))
  return future
}
const log = (...parts) => console.log(...parts)
const get = async (name, seconds) => {
  try {
    await later(seconds)
    return name
  } finally {
    await later(0.005)
    log('cleaned', name)
  }
}
const cancelled = async () => {
  const task = new Task(async () => {
    const a = get('a', 1)
    const b = get('b', 2)
    return [await a, await b]
  })
  await later(0.01)
  task.cancel()
  await task.catch((error) => log(error.name))
  await later(0.05)
}
`

const CLEAN = ['CancelledError', 'cleaned a', 'cleaned b', 'still here']

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

describe('a cancel that reaches a call nobody awaits yet', () => {
  test.each([[[]], [['--unhandled-rejections=strict']], [['--unhandled-rejections', 'warn']]])(
    'is no unhandled rejection with %j',
    async (flags) => {
      const { code, stdout, stderr } = await runChild(`${PROGRAM} await cancelled(); log('still here')`, { flags })
      expect([code, lines(stdout).sort(), stderr]).toEqual([0, [...CLEAN].sort(), ''])
    },
  )

  test('is not told to the listeners of the program', async () => {
    const script = `${PROGRAM}
      process.on('unhandledRejection', (error) => log('rejected', error.message))
      process.on('uncaughtException', (error) => log('uncaught', error.message))
      await cancelled()
      Promise.reject(new Error('mine'))
      await later(0.01)
      log('still here')`
    const { code, stdout } = await runChild(script)
    expect([code, lines(stdout).slice(-2), lines(stdout).filter((line) => line.startsWith('rejected'))]).toEqual([
      0,
      ['rejected mine', 'still here'],
      ['rejected mine'],
    ])
  })

  test('is none when the signal of the task rejects an operation of the host', async () => {
    const script = `${PROGRAM}
      const { setTimeout: delay } = await import('node:timers/promises')
      const task = new Task(async () => {
        const { signal } = currentTask()
        const a = delay(60_000, 1, { signal })
        const b = delay(60_000, 2, { signal })
        return [await a, await b]
      })
      await later(0.01)
      task.cancel()
      await task.catch((error) => log(error.name))
      log('still here')`
    const { code, stdout, stderr } = await runChild(script)
    expect([code, lines(stdout), stderr]).toEqual([0, ['CancelledError', 'still here'], ''])
  })
})

describe('an error of the program that nobody handles', () => {
  test.each([
    ['ends the process', '', [], 1, 'Error: mine'],
    ['ends it in strict mode', '', ['--unhandled-rejections=strict'], 1, 'Error: mine'],
    ['is a warning where the program asks for that', '', ['--unhandled-rejections=warn'], 0, 'Error: mine'],
    ['is nothing where the program asks for that', '', ['--unhandled-rejections=none'], 0, ''],
  ])('%s, after a cancel too', async (_name, _x, flags, code, stderr) => {
    const script = `${PROGRAM} await cancelled(); void (async () => { await later(0.001); throw new Error('mine') })(); await later(0.05)`
    const result = await runChild(script, { flags })
    expect(result.code).toBe(code)
    if (stderr === '') expect(result.stderr).toBe('')
    else expect(result.stderr).toContain(stderr)
  })

  test('is told to a listener for uncaught exceptions with its origin', async () => {
    const script = `${PROGRAM}
      process.on('uncaughtException', (error, origin) => log(error.message, origin))
      await cancelled()
      void Promise.reject(new Error('mine'))
      await later(0.01)`
    const { code, stdout } = await runChild(script)
    expect([code, lines(stdout).at(-1)]).toEqual([0, 'mine unhandledRejection'])
  })

  test.each([
    ['a CancelledError that it makes itself', `void Promise.reject(new core.CancelledError('mine'))`],
    [
      'a cancelled task that the module awaits',
      `const t = new Task(async () => { await later(5) }); t.cancel(); await t`,
    ],
  ])('may be %s', async (_name, statement) => {
    const { code, stderr } = await runChild(`${PROGRAM} await cancelled(); ${statement}; await later(0.01)`)
    expect([code, stderr.includes('CancelledError')]).toEqual([1, true])
  })
})
