import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Task } from '@asyncio-ts/core'
import { checkScripts, turnByTurn, turnUntilIdle } from '../../../test-support/turn-by-turn.ts'
import { Barrier, Condition, Event } from '../src/index.ts'

type Command =
  | { do: 'consume' }
  | { do: 'produce'; count: number; turns: number }
  | { do: 'turn' }
  | { do: 'cancel'; index: number; times: number }

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant({ do: 'consume' } as const),
  fc.record({ do: fc.constant('produce' as const), count: fc.integer({ min: 1, max: 3 }), turns: fc.nat(3) }),
  fc.constant({ do: 'turn' } as const),
  fc.record({ do: fc.constant('cancel' as const), index: fc.nat(20), times: fc.integer({ min: 1, max: 2 }) }),
)

/** Items under a lock, and consumers that wait for them. */
class Store {
  readonly condition = new Condition()
  items = 0
  consumed = 0
  heldByMistake = 0;

  *consume() {
    const guard = yield* this.condition.acquire()
    try {
      try {
        while (this.items === 0) yield* this.condition.wait()
      } finally {
        if (!this.condition.locked()) this.heldByMistake++
      }
      this.items--
      this.consumed++
    } finally {
      guard.release()
    }
  }

  async consumeAsync(): Promise<void> {
    using _ = await this.condition.acquire()
    try {
      while (this.items === 0) await this.condition.wait()
    } finally {
      if (!this.condition.locked()) this.heldByMistake++
    }
    this.items--
    this.consumed++
  }

  /** @param turns - how long the lock is held afterwards */
  *produce(count: number, turns: number) {
    const guard = yield* this.condition.acquire()
    this.items += count
    this.condition.notify(count)
    for (let turn = 0; turn < turns; turn++) yield undefined
    guard.release()
  }
}

describe('Condition under random cancels', () => {
  it('wakes somebody for every item, and holds the lock whenever wait() ends', async () => {
    await checkScripts(command, (script, spelling) =>
      turnByTurn(async (turn, loop) => {
        const store = new Store()
        const consumers: Task[] = []
        for (const step of script) {
          if (step.do === 'consume') {
            const body = spelling === 'await' ? () => store.consumeAsync() : store.consume()
            consumers.push(loop.createTask(body) as Task)
          } else if (step.do === 'produce') loop.createTask(store.produce(step.count, step.turns))
          else if (step.do === 'turn') await turn()
          else for (let i = 0; i < step.times; i++) consumers[step.index % consumers.length]?.cancel()
        }
        await turnUntilIdle(turn, loop)
        const waiting = consumers.filter((task) => !task.done())
        expect(store.heldByMistake).toBe(0)
        expect(waiting.length === 0 || store.items === 0, `${store.items} items, ${waiting.length} asleep`).toBe(true)
        loop.createTask(store.produce(waiting.length, 0))
        await turnUntilIdle(turn, loop)
        expect(consumers.filter((task) => !task.done())).toEqual([])
        expect(store.consumed).toBe(consumers.filter((task) => !task.cancelled()).length)
        expect(store.condition.locked()).toBe(false)
      }),
    )
  })
})

describe('Event under random cancels', () => {
  it('wakes exactly those who waited when it was set', async () => {
    await checkScripts(command, (script, spelling) =>
      turnByTurn(async (turn, loop) => {
        const event = new Event()
        const waiters: { task: Task; mayEnd: boolean }[] = []
        for (const step of script) {
          if (step.do === 'consume') {
            const task = loop.createTask(spelling === 'await' ? async () => event.wait() : event.wait()) as Task
            waiters.push({ task, mayEnd: false })
            await turn()
          } else if (step.do === 'produce') {
            event.set()
            for (const waiter of waiters) waiter.mayEnd = true
            event.clear()
          } else if (step.do === 'turn') await turn()
          else {
            const waiter = waiters[step.index % waiters.length]
            if (waiter?.task.cancel() === true) waiter.mayEnd = true
          }
        }
        await turnUntilIdle(turn, loop)
        expect(waiters.map(({ task }) => task.done())).toEqual(waiters.map(({ mayEnd }) => mayEnd))
        event.set()
        await turnUntilIdle(turn, loop)
      }),
    )
  })
})

describe('Barrier under random cancels', () => {
  it('lets tasks go in groups that are complete, each with places of its own', async () => {
    const parties = 3
    await checkScripts(command, (script, spelling) =>
      turnByTurn(async (turn, loop) => {
        const barrier = new Barrier(parties)
        const places: number[] = []
        const tasks: Task[] = []
        const arrive = (): void => {
          const generator = function* () {
            places.push(yield* barrier.wait())
          }
          const asyncFunction = async (): Promise<void> => {
            places.push(await barrier.wait())
          }
          tasks.push(loop.createTask(spelling === 'await' ? asyncFunction : generator) as Task)
        }
        for (const step of script) {
          if (step.do === 'consume' || step.do === 'produce') arrive()
          else if (step.do === 'turn') await turn()
          else tasks[step.index % tasks.length]?.cancel()
        }
        await turnUntilIdle(turn, loop)
        expect(barrier.broken).toBe(false)
        const waiting = tasks.filter((task) => !task.done()).length
        expect(barrier.nWaiting).toBe(waiting)
        expect(waiting).toBeLessThan(parties)
        if (waiting > 0) for (let i = waiting; i < parties; i++) arrive()
        await turnUntilIdle(turn, loop)
        expect(tasks.filter((task) => !task.done())).toEqual([])
        expect(barrier.nWaiting).toBe(0)
        // A task that is cancelled after it was let go keeps its place: no group has one place twice.
        for (let place = 0; place < parties; place++) {
          const groups = Math.ceil(tasks.length / parties)
          expect(places.filter((each) => each === place).length).toBeLessThanOrEqual(groups)
        }
      }),
    )
  })
})
