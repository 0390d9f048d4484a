import { test } from 'vitest'
import { coroutine, getRunningLoop } from '../src/index.ts'
import { WakeTimer } from '../src/primitives.ts'
import type { Awaitable, Coroutine, ExceptionContext, Task } from '../src/index.ts'
import { runVirtual, settle, VirtualLoop } from '../../../test-support/virtual-loop.ts'

export { Deadlock, drive, runVirtual, settle, VirtualLoop } from '../../../test-support/virtual-loop.ts'

/** Waits for an awaitable in the spelling that the test runs in. */
export type Wait = <T>(awaitable: Awaitable<T>) => Generator<never, T, unknown>

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

/** Turns a body written with `yield* wait(x)` into a function of one spelling. */
export type Spell = <A extends unknown[], T>(
  body: (wait: Wait, ...args: A) => Generator<never, T, unknown>,
) => (...args: A) => Coroutine<T> | Promise<T>

type Steps = Generator<unknown, unknown, unknown>
type Body = (wait: (awaitable: Awaitable<unknown>) => Steps, ...args: unknown[]) => Steps

function* waitInGenerator(awaitable: Awaitable<unknown>): Steps {
  return yield* awaitable
}

function* waitInAsync(awaitable: Awaitable<unknown>): Steps {
  return yield awaitable
}

function spellGenerator(body: Body) {
  return function* (...args: unknown[]): Steps {
    return yield* body(waitInGenerator, ...args)
  }
}

/** Each `yield` of the body becomes an `await` of the async function. */
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
  ['yield*', spellGenerator as unknown as Spell],
  ['await', spellAsync as unknown as Spell],
]

/** Registers a test of a main coroutine in both spellings, each in virtual time. */
export function both(
  title: string,
  body: (wait: Wait, spell: Spell, loop: VirtualLoop) => Generator<never, void, unknown>,
): void {
  for (const [name, spell] of spellings) {
    test(`${title} [${name}]`, async () => {
      const loop = new VirtualLoop()
      await runVirtual(() => spell(body)(spell, loop), loop)
    })
  }
}

/** Registers a test that runs in virtual time. */
export function virtually(title: string, body: (loop: VirtualLoop) => Coroutine<void> | Promise<void>): void {
  test(title, async () => {
    const loop = new VirtualLoop()
    await runVirtual(() => body(loop), loop)
  })
}

/** Turns a loop until `isDone`, while the host's own timers and sockets go on in real time. */
export async function driveWithHost(loop: VirtualLoop, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    loop.clock.time += loop.nextTimeout() ?? 0
    loop.turn()
    await settle()
  }
}

/** Collects what the exception handler of `loop` is told. */
export function collectErrors(loop: { setExceptionHandler(handler: unknown): void }): ExceptionContext[] {
  const contexts: ExceptionContext[] = []
  loop.setExceptionHandler((_loop: unknown, context: ExceptionContext) => contexts.push(context))
  return contexts
}

/** What `act` throws; fails when it throws nothing. */
export function thrownBy(act: () => unknown): Error & { code?: string; cause?: unknown } {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

/** The error that a wait ends with, or `null`. */
export function* errorOf(wait: Wait, task: Task<unknown>): Generator<never, Error | null, unknown> {
  try {
    yield* wait(task)
    return null
  } catch (error) {
    return error as Error
  }
}
