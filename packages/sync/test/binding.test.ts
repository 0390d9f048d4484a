import { describe, expect, it } from 'vitest'
import { RuntimeError } from '@asyncio-ts/core'
import type { Awaitable } from '@asyncio-ts/core'
import { runManually, runOpen } from '../../../test-support/manual-loop.ts'
import { Barrier, Condition, Event, Lock, Semaphore } from '../src/index.ts'

interface Subject {
  /** Uses it so that a task has to wait. */
  block: () => Awaitable<unknown>
  /** Uses it so that no task has to wait, and leaves it such that one has to. */
  prepare?: () => Awaitable<unknown>
}

const kinds: [name: string, make: () => Subject][] = [
  [
    'Lock',
    () => {
      const lock = new Lock()
      return { block: () => lock.acquire({ timeout: 1 }), prepare: () => lock.acquire() }
    },
  ],
  [
    'Semaphore',
    () => {
      const semaphore = new Semaphore(1)
      return { block: () => semaphore.acquire({ timeout: 1 }), prepare: () => semaphore.acquire() }
    },
  ],
  [
    'Event',
    () => {
      const event = new Event()
      return { block: () => event.wait({ timeout: 1 }) }
    },
  ],
  [
    'Condition',
    () => {
      const condition = new Condition()
      return { block: () => condition.with(() => condition.wait({ timeout: 1 })) }
    },
  ],
]

describe.each(kinds)('a %s', (name, make) => {
  it('belongs to the first loop on which a task had to wait for it', async () => {
    const { block, prepare } = make()
    if (prepare) {
      // Where nobody has to wait, any loop will do.
      await runManually(() => Promise.resolve())
      await runManually(prepare)
    }
    // A loop that stays open: primitives are let go of by a closed one.
    await expect(runOpen(block)).rejects.toThrow('time limit')
    const error: unknown = await runManually(block).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RuntimeError)
    const { message } = error as Error
    expect(message).toMatch(new RegExp(`^<${name} .*> is bound to a different event loop: make one for each loop\\.$`))
  })

  it('is usable on its own loop after it was refused on another', async () => {
    const { block, prepare } = make()
    await runOpen(async () => {
      await prepare?.()
      await expect(block()).rejects.toThrow('time limit')
      await expect(block()).rejects.toThrow('time limit')
    })
    await expect(runManually(block)).rejects.toThrow('different event loop')
    await expect(runManually(block)).rejects.toThrow('different event loop')
  })
})

describe('a Barrier', () => {
  it('belongs to the first loop on which a task had to wait for it', async () => {
    const barrier = new Barrier(2)
    await runOpen(async () => {
      expect((await Promise.all([barrier.wait(), barrier.wait()])).sort()).toEqual([0, 1])
    })
    const error: unknown = await runManually(() => barrier.wait()).catch((caught: unknown) => caught)
    expect((error as Error).message).toContain('is bound to a different event loop')
  })
})

describe('a primitive', () => {
  it('that nobody had to wait for can be used on any loop', async () => {
    const lock = new Lock()
    for (let round = 0; round < 3; round++) {
      await runManually(async () => {
        using _ = await lock.acquire()
      })
    }
    expect(lock.locked()).toBe(false)
  })
})
