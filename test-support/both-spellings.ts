import { test } from 'vitest'
import { coroutine, getRunningLoop } from '@asyncio-ts/core'
import { WakeTimer } from '@asyncio-ts/core/primitives'
import type { Awaitable, Coroutine, CoroutineLike, Task } from '@asyncio-ts/core'
import { runVirtual, VirtualLoop } from './virtual-loop.ts'

/** Waits for an awaitable in the spelling that the test runs in. */
export type Wait = <T>(awaitable: Awaitable<T>) => Generator<never, T, unknown>

/** Turns a body written with `yield* wait(x)` into a function of one spelling. */
export type Spell = <A extends unknown[], T>(
  body: (wait: Wait, ...args: A) => Generator<never, T, unknown>,
) => (...args: A) => Coroutine<T> | Promise<T>

type Steps = Generator<unknown, unknown, unknown>
type Body = (wait: (awaitable: Awaitable<unknown>) => Steps, ...args: unknown[]) => Steps

function* waitInGenerator(awaitable: Awaitable<unknown>): Steps {
  return yield* awaitable
}

/** Each `yield` of a body is an `await` of the async function that runs it. */
function* waitInAsync(awaitable: Awaitable<unknown>): Steps {
  return yield awaitable
}

function spellGenerator(body: Body) {
  return function* (...args: unknown[]): Steps {
    return yield* body(waitInGenerator, ...args)
  }
}

function spellAsync(body: Body) {
  return async (...args: unknown[]): Promise<unknown> => {
    const steps = body(waitInAsync, ...args)
    let result = steps.next()
    while (result.done !== true) {
      let value
      try {
        value = await result.value
      } catch (error) {
        result = steps.throw(error)
        continue
      }
      result = steps.next(value)
    }
    return result.value
  }
}

const spellings = [
  ['yield*', spellGenerator],
  ['await', spellAsync],
] as unknown as [name: string, spell: Spell][]

/** What a test has at hand. */
export interface Stage {
  wait: Wait
  spell: Spell
  loop: VirtualLoop
  /** Starts a task, and gives it its first turn or more. */
  start: <T>(body: (wait: Wait) => Generator<never, T, unknown>) => Task<T>
  /** Gives up some turns. */
  turns: (count: number) => Generator<never, void, unknown>
}

/** Registers a test of a main coroutine in both spellings, each in virtual time. */
export function both(title: string, body: (stage: Stage) => Generator<never, void, unknown>): void {
  for (const [name, spell] of spellings) {
    test(`${title} [${name}]`, async () => {
      const loop = new VirtualLoop()
      const main = spell(function* (wait: Wait) {
        yield* body({
          wait,
          spell,
          loop,
          start: (part) => loop.createTask((() => spell(part)()) as CoroutineLike<never>) as Task<never>,
          *turns(count) {
            for (let turn = 0; turn < count; turn++) yield* wait(sleep(0))
          },
        })
      })
      await runVirtual(() => main(), loop)
    })
  }
}

/** Waits `delay` seconds of virtual time; zero gives up one turn. */
export const sleep = coroutine(function* (delay: number): Coroutine<void> {
  if (delay <= 0) {
    yield undefined
    return
  }
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const timer = new WakeTimer(future as never, loop.time() + delay, undefined)
  try {
    yield* future
  } finally {
    timer.cancel()
  }
})

/** Waits for an awaitable that has to fail, and returns its error. */
export function* failureOf(wait: Wait, awaitable: Awaitable<unknown>): Generator<never, Error, unknown> {
  let result
  try {
    result = yield* wait(awaitable)
  } catch (error) {
    return error as Error
  }
  throw new Error(`nothing was thrown; the result is ${String(result)}`)
}
