import { test } from 'vitest'
import type { Coroutine, CoroutineLike, Task } from '@asyncio-ts/core'
import { ManualLoop, runManually } from './manual-loop.ts'
import { sleep } from './sleep.ts'
import { spellings } from './spellings.ts'
import type { Spell, Wait } from './spellings.ts'

/** What a test has at hand. */
export interface Stage {
  wait: Wait
  spell: Spell
  loop: ManualLoop
  /** Starts a task of a body in the spelling of the test. */
  start: <T>(body: (wait: Wait) => Generator<never, T, unknown>) => Task<T>
  /** Gives up some turns. */
  turns: (count: number) => Generator<never, void, unknown>
}

function stageFor(wait: Wait, spell: Spell, loop: ManualLoop): Stage {
  return {
    wait,
    spell,
    loop,
    start: (part) => loop.createTask((() => spell(part)()) as CoroutineLike<never>) as Task<never>,
    *turns(count) {
      for (let turn = 0; turn < count; turn++) yield* wait(sleep(0))
    },
  }
}

/** Registers a test of a main coroutine in both spellings, each in virtual time. */
export function both(title: string, body: (stage: Stage) => Generator<never, void, unknown>): void {
  for (const [name, spell] of spellings) {
    test(`${title} [${name}]`, async () => {
      const loop = new ManualLoop()
      const main = spell((wait) => body(stageFor(wait, spell, loop)))
      await runManually(() => main(), loop)
    })
  }
}

/** Registers a test that runs in virtual time. */
export function virtually(title: string, body: (loop: ManualLoop) => Coroutine<void> | Promise<void>): void {
  test(title, async () => {
    const loop = new ManualLoop()
    await runManually(() => body(loop), loop)
  })
}
