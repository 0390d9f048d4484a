import { describe, expect, test } from 'vitest'
import { coroutine, currentTask, Future, isCancelled, Task } from '../../src/index.ts'
import { runBody } from '../../src/primitives.ts'
import type { Body } from '../../src/primitives.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { sleep } from '../../../../test-support/sleep.ts'
import { spellings } from '../../../../test-support/spellings.ts'

/** A scope as authors write it. */
const scope = coroutine(function* (body: Body<[string], unknown>) {
  return yield* runBody(body, 'argument')
})

const BODIES: [string, Body<[string], unknown>][] = [
  [
    'a generator function',
    function* (a) {
      yield* sleep(1)
      return `${a}!`
    },
  ],
  [
    'an async function',
    async (a) => {
      await sleep(1)
      return `${a}!`
    },
  ],
  ['a plain function', (a) => `${a}!`],
  [
    'a coroutine function',
    coroutine(function* (a: string) {
      yield* sleep(1)
      return `${a}!`
    }),
  ],
  [
    'a function that returns a coroutine',
    (a) =>
      coroutine(function* () {
        return `${a}!`
      })(),
  ],
  [
    'a function that returns a future',
    (a) => {
      const f = new Future<string>()
      f.setResult(`${a}!`)
      return f
    },
  ],
  ['a function that returns a promise', (a) => Promise.resolve(`${a}!`)],
  ['a function that returns a task', (a) => new Task(async () => `${a}!`)],
]

describe('runBody', () => {
  for (const [name, body] of BODIES) {
    both(`runs ${name} and returns what it returns`, function* ({ wait }) {
      expect(yield* wait(scope(body))).toBe('argument!')
    })
  }

  for (const [name, spell] of spellings) {
    both(`runs a body written with ${name} as a part of the task`, function* ({ wait }) {
      const task = currentTask()
      const seen: boolean[] = []
      const body = spell(function* (wait) {
        seen.push(currentTask() === task)
        yield* wait(sleep(1))
        seen.push(currentTask() === task)
        yield* wait(sleep(0))
        seen.push(currentTask() === task)
      })
      yield* wait(scope(body))
      expect(seen).toEqual([true, true, true])
      expect(currentTask()).toBe(task)
    })

    both(`lets a cancel of the task reach a body written with ${name}`, function* ({ wait, spell: spellTask }) {
      const seen: string[] = []
      const body = spell(function* (wait) {
        try {
          yield* wait(sleep(10))
        } catch (error) {
          seen.push((error as Error).message)
          throw error
        } finally {
          yield* wait(sleep(1))
          seen.push('cleaned up')
        }
      })
      const task = new Task(
        spellTask(function* (wait) {
          yield* wait(scope(body))
        }),
      )
      yield* wait(sleep(1))
      task.cancel('stop')
      yield* wait(sleep(5))
      expect([seen, task.cancelled(), task.cancelling()]).toEqual([['stop', 'cleaned up'], true, 1])
    })

    both(`passes on what a body written with ${name} throws, early and late`, function* ({ wait }) {
      const early = spell(function* () {
        throw new RangeError('early')
      })
      const late = spell(function* (wait) {
        yield* wait(sleep(1))
        throw new RangeError('late')
      })
      for (const [expected, body] of [
        ['early', early],
        ['late', late],
      ] as const) {
        let caught: unknown
        try {
          yield* wait(scope(body))
        } catch (error) {
          caught = error
        }
        expect((caught as Error).message).toBe(expected)
      }
    })
  }

  both('nests scopes of both kinds', function* ({ wait }) {
    const seen: unknown[] = []
    const task = currentTask()
    yield* wait(
      scope(async () => {
        await scope(function* () {
          yield* scope(async () => {
            await sleep(1)
            seen.push(currentTask() === task)
          })
          yield* sleep(1)
        })
        await sleep(1)
        seen.push(currentTask() === task)
      }),
    )
    expect(seen).toEqual([true, true])
  })

  both('lets a cancel unwind nested scopes of both kinds, innermost first', function* ({ wait, spell }) {
    const seen: string[] = []
    const task = new Task(
      spell(function* (wait) {
        yield* wait(
          scope(async () => {
            try {
              await scope(function* () {
                try {
                  yield* scope(async () => {
                    try {
                      await sleep(10)
                    } finally {
                      await sleep(1)
                      seen.push('innermost')
                    }
                  })
                } finally {
                  yield* sleep(1)
                  seen.push('middle')
                }
              })
            } finally {
              await sleep(1)
              seen.push('outer')
            }
          }),
        )
      }),
    )
    yield* wait(sleep(1))
    task.cancel()
    yield* wait(sleep(9))
    expect([seen, task.cancelled()]).toEqual([['innermost', 'middle', 'outer'], true])
  })

  virtually('costs no turn where the body need not wait', async (loop) => {
    const seen: string[] = []
    loop.callSoon(() => seen.push('another turn'))
    await scope(async () => undefined)
    await scope(function* () {})
    expect(seen).toEqual([])
  })

  test('works outside of every task', async () => {
    expect(
      await scope(async (a) => {
        await sleep(0)
        return `${a}?`
      }),
    ).toBe('argument?')
    expect(
      await scope(function* (a) {
        yield* sleep(0)
        return `${a}?`
      }),
    ).toBe('argument?')
    await expect(
      scope(() => {
        throw new RangeError('x')
      }),
    ).rejects.toThrow('x')
  })

  both('gives a pending cancel to the first wait of the body', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        currentTask()!.cancel('pending')
        yield* wait(
          scope(async () => {
            await sleep(1)
          }),
        )
      }),
    )
    let caught: unknown
    try {
      yield* wait(task)
    } catch (error) {
      caught = error
    }
    expect([isCancelled(caught), (caught as Error).message]).toEqual([true, 'pending'])
  })
})
