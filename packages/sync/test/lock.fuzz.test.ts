import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Future, getRunningLoop, TimeoutError } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'
import { checkScripts, turnByTurn } from '../../../test-support/turn-by-turn.ts'
import { BoundedSemaphore, Condition, Lock, Semaphore } from '../src/index.ts'

type Spelling = 'yield*' | 'await'

type Command =
  | { do: 'turn' | 'second' }
  | { do: 'acquire'; limited: boolean }
  | { do: 'release' | 'cancel' | 'abort'; index: number }

const index = fc.nat(20)
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('acquire' as const), limited: fc.boolean() }) },
  { weight: 4, arbitrary: fc.constant({ do: 'turn' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'second' } as const) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const), index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'abort' as const), index }) },
)

interface Primitive {
  acquire(limits?: WaitLimits): ReturnType<Lock['acquire']>
  release(): void
}

/** A task that acquires, holds until it is told to release, and releases. */
interface Holder {
  id: number
  task: Task<void>
  /** Done when it may release. */
  go: Future<void>
  controller: AbortController
}

/** The reference: who has it is known from the order of arrival alone. */
class Model {
  readonly arrived: number[] = []
  readonly acquired: number[] = []
  readonly holding = new Set<number>()
  peak = 0

  take(id: number): void {
    this.acquired.push(id)
    this.holding.add(id)
    this.peak = Math.max(this.peak, this.holding.size)
  }
}

function hold(primitive: Primitive, model: Model, id: number, limited: boolean, spelling: Spelling): Holder {
  const go = new Future<void>()
  const controller = new AbortController()
  const limits = limited ? { timeout: 2, signal: controller.signal } : undefined
  const generator = function* () {
    model.arrived.push(id)
    yield* primitive.acquire(limits)
    model.take(id)
    try {
      yield* go
    } finally {
      model.holding.delete(id)
      primitive.release()
    }
  }
  const asyncFunction = async (): Promise<void> => {
    model.arrived.push(id)
    await primitive.acquire(limits)
    model.take(id)
    try {
      await go
    } finally {
      model.holding.delete(id)
      primitive.release()
    }
  }
  const task = getRunningLoop().createTask(spelling === 'await' ? asyncFunction : generator) as Task<void>
  return { id, task, go, controller }
}

async function play(make: () => Primitive, capacity: number, script: Command[], spelling: Spelling) {
  await turnByTurn(async (turn, loop) => {
    const primitive = make()
    const model = new Model()
    const holders: Holder[] = []
    for (const step of script) {
      const holder = 'index' in step ? holders[step.index % holders.length] : undefined
      if (step.do === 'acquire') holders.push(hold(primitive, model, holders.length, step.limited, spelling))
      else if (step.do === 'turn') await turn()
      else if (step.do === 'second') loop.clock.time += 1
      else if (step.do === 'abort') holder?.controller.abort()
      else if (step.do === 'cancel') holder?.task.cancel()
      else if (holder?.go.done() === false) holder.go.setResult()
    }
    for (let turns = 0; turns < 200 && holders.some(({ task }) => !task.done()); turns++) {
      for (const { id, go } of holders) if (model.holding.has(id) && !go.done()) go.setResult()
      await turn()
    }
    expect(
      holders.filter(({ task }) => !task.done()).map(({ id }) => id),
      'waits for ever',
    ).toEqual([])
    const failed = holders.filter(({ task }) => task.cancelled() || task.exception() !== null)
    for (const { task } of failed) if (!task.cancelled()) expect(task.exception()).toBeInstanceOf(TimeoutError)
    const gone = new Set(failed.map(({ id }) => id))
    expect(model.peak, 'held by too many').toBeLessThanOrEqual(capacity)
    const acquired = model.acquired.filter((id) => !gone.has(id))
    const expected = model.arrived.filter((id) => !gone.has(id))
    expect(acquired, 'not first come, first served').toEqual(expected)
    expect(model.acquired).toEqual(model.arrived.filter((id) => model.acquired.includes(id)))
    const free: unknown[] = []
    for (let i = 0; i < capacity; i++) free.push(getRunningLoop().createTask(() => primitive.acquire()))
    await turn()
    await turn()
    expect(
      free.every((task) => (task as Task).done()),
      'not free again',
    ).toBe(true)
  })
}

describe.each([
  ['Lock', () => new Lock(), 1],
  ['Condition', () => new Condition(), 1],
  ['Semaphore(1)', () => new Semaphore(1), 1],
  ['Semaphore(3)', () => new Semaphore(3), 3],
  ['BoundedSemaphore(2)', () => new BoundedSemaphore(2), 2],
] as const)('%s under random cancels', (_name, make, capacity) => {
  it('serves in order, never too many at a time, and is free again in the end', async () => {
    await checkScripts(command, (script, spelling) => play(make, capacity, script, spelling))
  })
})
