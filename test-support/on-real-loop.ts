import { expect, it } from 'vitest'
import { allTasks } from '@asyncio-ts/core'
import type { Awaitable, Coroutine } from '@asyncio-ts/core'
import { Runner } from '@asyncio-ts/loop'

/** Waits for an awaitable in the spelling that the test runs in. */
export type Wait = <T>(awaitable: Awaitable<T>) => Generator<never, T, unknown>

type Steps = Generator<unknown, void, unknown>
type Body = (wait: Wait) => Generator<never, void, unknown>

function* waitInGenerator(awaitable: Awaitable<unknown>): Generator<unknown, unknown, unknown> {
  return yield* awaitable
}

function* waitInAsync(awaitable: Awaitable<unknown>): Generator<unknown, unknown, unknown> {
  return yield awaitable
}

/** Runs a generator as an async function would run: what it yields is awaited. */
async function asAsync(steps: Steps): Promise<void> {
  let result = steps.next()
  while (result.done !== true) {
    let value: unknown
    try {
      value = await (result.value as Awaitable<unknown>)
    } catch (error) {
      result = steps.throw(error)
      continue
    }
    result = steps.next(value)
  }
}

/** A test on a loop with sockets and processes, in both spellings; it may leave no task behind. */
export function inBoth(title: string, body: Body): void {
  it.each(['yield*', 'await'] as const)(`${title} (%s)`, async (spelling) => {
    const runner = new Runner()
    const problems: unknown[] = []
    const loop = runner.getLoop()
    loop.setExceptionHandler((_loop, context) => problems.push(context.message, context.exception))
    const main =
      spelling === 'await'
        ? () => asAsync(body(waitInAsync as Wait) as Steps)
        : (body(waitInGenerator as Wait) as unknown as Coroutine<void>)
    try {
      await runner.run(main)
      expect([...allTasks(loop)].map(String)).toEqual([])
      expect(problems).toEqual([])
    } finally {
      await runner.close()
    }
  })
}

export function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes)
}
