import type { Awaitable, Coroutine } from '@asyncio-ts/core'

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

/** The two ways to write a coroutine, by what a test title calls them. */
export const spellings: [name: string, spell: Spell][] = [
  // `wait` returns a generator whose types say that it yields nothing: then `yield*` gives its result in a test.
  ['yield*', spellGenerator as unknown as Spell],
  ['await', spellAsync as unknown as Spell],
]
