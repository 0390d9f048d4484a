import { expect, it } from 'vitest'
import { allTasks } from '@asyncio-ts/core'
import { Runner } from '@asyncio-ts/loop'
import { spellings } from './spellings.ts'
import type { Wait } from './spellings.ts'

/** Registers a test on a loop with sockets and processes, in both spellings; it may leave no task behind. */
export function inBoth(title: string, body: (wait: Wait) => Generator<never, void, unknown>): void {
  it.each(spellings)(`${title} [%s]`, async (_name, spell) => {
    const runner = new Runner()
    const problems: unknown[] = []
    const loop = runner.getLoop()
    loop.setExceptionHandler((_loop, context) => problems.push(context.message, context.exception))
    try {
      await runner.run(spell(body))
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
