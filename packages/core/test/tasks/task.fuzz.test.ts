import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allTasks, coroutine, currentTask, isCancelled, Task } from '../../src/index.ts'
import { runBody } from '../../src/primitives.ts'
import type { Coroutine, Future } from '../../src/index.ts'
import { collectErrors } from '../../../../test-support/errors.ts'
import { Deadlock, drive, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'
import { spellings } from '../../../../test-support/spellings.ts'
import type { Spell, Wait } from '../../../../test-support/spellings.ts'

/** One thing a task does. */
type Op =
  | { op: 'sleep'; time: number }
  | { op: 'pause' }
  | { op: 'future'; n: number }
  | { op: 'settle'; n: number; how: 'result' | 'error' | 'cancel' }
  | { op: 'task'; n: number }
  | { op: 'cancel'; n: number }
  | { op: 'cancelSelf' }
  | { op: 'uncancel' }
  | { op: 'spawn'; eager: boolean; ops: Op[] }
  | { op: 'scope'; ops: Op[] }
  | { op: 'coroutine'; ops: Op[] }
  | { op: 'catch'; ops: Op[] }
  | { op: 'finally'; ops: Op[]; then: Op[] }
  | { op: 'throw' }

const FUTURES = 4

const { ops } = fc.letrec<{ op: Op; ops: Op[] }>((tie) => ({
  ops: fc.array(tie('op'), { maxLength: 5, depthIdentifier: 'ops' }),
  op: fc.oneof(
    { depthSize: 'small', withCrossShrink: true, depthIdentifier: 'ops' },
    fc.record({ op: fc.constant('sleep' as const), time: fc.integer({ min: 0, max: 3 }) }),
    fc.constant({ op: 'pause' as const }),
    fc.record({ op: fc.constant('future' as const), n: fc.nat(FUTURES - 1) }),
    fc.record({
      op: fc.constant('settle' as const),
      n: fc.nat(FUTURES - 1),
      how: fc.constantFrom('result' as const, 'error' as const, 'cancel' as const),
    }),
    fc.record({ op: fc.constant('task' as const), n: fc.nat(5) }),
    fc.record({ op: fc.constant('cancel' as const), n: fc.nat(5) }),
    fc.constant({ op: 'cancelSelf' as const }),
    fc.constant({ op: 'uncancel' as const }),
    fc.constant({ op: 'throw' as const }),
    fc.record({ op: fc.constant('spawn' as const), eager: fc.boolean(), ops: tie('ops') }),
    fc.record({ op: fc.constant('scope' as const), ops: tie('ops') }),
    fc.record({ op: fc.constant('coroutine' as const), ops: tie('ops') }),
    fc.record({ op: fc.constant('catch' as const), ops: tie('ops') }),
    fc.record({ op: fc.constant('finally' as const), ops: tie('ops'), then: tie('ops') }),
  ),
}))

class Thrown extends Error {}

/** Runs programs, and counts what must balance. */
class World {
  readonly loop = new ManualLoop()
  readonly tasks: Task<void>[] = []
  readonly futures: Future<number>[] = []
  readonly errors = collectErrors(this.loop)
  entered = 0
  left = 0
  cancelsSeen = 0
  readonly #spell: Spell

  constructor(spell: Spell) {
    this.#spell = spell
    for (let i = 0; i < FUTURES; i++) this.futures.push(this.loop.createFuture())
  }

  spawn(ops: Op[], eager: boolean): void {
    const body = this.#spell((wait: Wait, list: Op[]) => this.run(wait, list))
    const task = new Task<void>(() => body(ops) as Coroutine<void>, { loop: this.loop, eagerStart: eager })
    this.tasks.push(task)
  }

  cancel(task: Task<void>): void {
    // A ring of tasks that wait for each other cannot be cancelled: CPython's overflows its stack, too.
    if (task.done() || inRing(task)) return
    const before = task.cancelling()
    task.cancel()
    expect(task.cancelling()).toBe(before + 1)
  }

  *run(wait: Wait, list: Op[]): Generator<never, void, unknown> {
    this.entered++
    try {
      for (const op of list) yield* this.#one(wait, op)
    } finally {
      this.left++
    }
  }

  *#one(wait: Wait, op: Op): Generator<never, void, unknown> {
    const self = currentTask() as Task<void>
    switch (op.op) {
      case 'sleep':
      case 'pause':
        yield* wait(sleep(op.op === 'sleep' ? op.time : 0))
        break
      case 'future':
        yield* wait(this.futures[op.n]!)
        break
      case 'settle':
        this.#settle(op.n, op.how)
        break
      case 'task': {
        const other = this.tasks[op.n]
        if (other !== undefined && other !== self) yield* wait(other)
        break
      }
      case 'cancel': {
        const other = this.tasks[op.n]
        if (other !== undefined) this.cancel(other)
        break
      }
      case 'cancelSelf':
        self.cancel()
        break
      case 'uncancel':
        expect(self.uncancel()).toBe(self.cancelling())
        break
      case 'spawn':
        if (this.tasks.length < 12) this.spawn(op.ops, op.eager)
        break
      case 'throw':
        throw new Thrown()
      default:
        yield* this.#nested(wait, op)
    }
  }

  *#nested(wait: Wait, op: Op & { ops: Op[] }): Generator<never, void, unknown> {
    if (op.op === 'scope') {
      const inner = this.#spell((wait: Wait, list: Op[]) => this.run(wait, list))
      yield* wait(
        coroutine(function* () {
          yield* runBody(() => inner(op.ops) as Coroutine<void>)
        })(),
      )
    } else if (op.op === 'coroutine') {
      const inGenerator = spellings[0]![1]((wait: Wait, list: Op[]) => this.run(wait, list))
      yield* wait(coroutine(inGenerator as (list: Op[]) => Coroutine<void>)(op.ops))
    } else if (op.op === 'catch') {
      try {
        yield* this.run(wait, op.ops)
      } catch (error) {
        expect(error instanceof Thrown || isCancelled(error)).toBe(true)
        if (isCancelled(error)) this.cancelsSeen++
      }
    } else if (op.op === 'finally') {
      try {
        yield* this.run(wait, op.ops)
      } finally {
        yield* this.run(wait, op.then)
      }
    }
  }

  #settle(n: number, how: 'result' | 'error' | 'cancel'): void {
    const future = this.futures[n]!
    if (future.done()) this.futures[n] = this.loop.createFuture()
    else if (how === 'result') future.setResult(n)
    else if (how === 'error') future.setException(new Thrown())
    else future.cancel()
  }

  /** TASK-1, TASK-2 and FUTURE-1, as far as they show from outside. */
  check(): void {
    const open = allTasks(this.loop)
    for (const task of this.tasks) {
      expect(open.has(task as Task)).toBe(!task.done())
      if (task.done()) {
        // A task that is done waits for nothing and owes nothing.
        expect([task._mustCancel, task._previous, task._next]).toEqual([false, null, null])
      } else if (task._waiter !== null && task._waiter._state === 0) {
        expect((task._waiter as Future)._waiters).not.toBe(null)
      }
      expect(task.cancelling()).toBeGreaterThanOrEqual(0)
    }
    for (const future of this.futures) if (future.done()) expect(future._waiters).toBe(null)
  }

  async runAll(): Promise<void> {
    let turns = 0
    for (let timeout = this.loop.nextTimeout(); timeout !== null; timeout = this.loop.nextTimeout()) {
      if (++turns > 2000) throw new Error('the program does not end')
      this.loop.clock.time += timeout
      this.loop.turn()
      await settle()
      this.check()
    }
  }
}

async function runProgram(spell: Spell, programs: Op[][]): Promise<World> {
  const world = new World(spell)
  for (const program of programs) world.spawn(program, false)
  await world.runAll()
  // What still waits, waits for a future, or for one that does: once all are settled, and rings broken, all ends.
  for (let round = 0; round < 40 && !world.tasks.every((task) => task.done()); round++) {
    for (const future of world.futures) if (!future.done()) future.setResult(0)
    for (const task of world.tasks) world.cancel(task)
    await world.runAll()
    if (world.tasks.every((task) => task.done() || inRing(task))) break
  }
  return world
}

/** Whether a task waits, over others, for itself or for a ring. */
function inRing(task: Task<void>): boolean {
  const seen = new Set<unknown>()
  for (let at: unknown = task; at instanceof Task; at = at._waiter) {
    if (seen.has(at)) return true
    seen.add(at)
  }
  return false
}

describe('random programs of tasks, futures and cancels', () => {
  for (const [name, spell] of spellings) {
    test(`TASK-1, TASK-2, FUTURE-1: every task ends, everything entered is left, nothing stays behind [${name}]`, async () => {
      let [tasks, cancels] = [0, 0]
      await fc.assert(
        fc.asyncProperty(fc.array(ops, { minLength: 1, maxLength: 4 }), async (programs) => {
          const world = await runProgram(spell, programs)
          const stuck = world.tasks.filter((task) => !task.done() && !inRing(task))
          expect(stuck.map(String)).toEqual([])
          if (world.tasks.every((task) => task.done())) {
            expect(world.left).toBe(world.entered)
            expect(allTasks(world.loop).size).toBe(0)
          }
          expect(world.loop.nextTimeout()).toBe(null)
          expect(world.errors.map((context) => context.message)).toEqual([])
          for (const task of world.tasks) if (task.done() && !task.cancelled()) task.exception()
          tasks += world.tasks.length
          cancels += world.cancelsSeen + world.tasks.filter((task) => task.cancelled()).length
        }),
        { numRuns: 300 },
      )
      // The programs did something: a change that makes them idle would leave nothing to find.
      expect([tasks > 400, cancels > 50]).toEqual([true, true])
    })
  }

  test('end the same way in generators and in async functions, where no cancel races a wake', async () => {
    const calm = new Set(['sleep', 'future', 'settle', 'task', 'throw', 'scope', 'coroutine', 'catch', 'finally'])
    const isCalm = (list: Op[]): boolean =>
      list.every((op) => calm.has(op.op) && (!('ops' in op) || isCalm(op.ops)) && (!('then' in op) || isCalm(op.then)))
    const spaced = (list: Op[]): Op[] => list.flatMap((op) => [{ op: 'sleep', time: 1 } as Op, op])
    await fc.assert(
      fc.asyncProperty(fc.array(ops.filter(isCalm), { minLength: 1, maxLength: 3 }), async (programs) => {
        const outcomes = []
        for (const [, spell] of spellings) {
          const world = await runProgram(spell, programs.map(spaced))
          outcomes.push(
            world.tasks.map((task) =>
              task.done() ? (task.cancelled() ? 'cancelled' : String(task.exception())) : 'ring',
            ),
          )
        }
        expect(outcomes[1]).toEqual(outcomes[0])
      }),
      { numRuns: 150 },
    )
  })

  test('that wait for what never comes are found out', async () => {
    const loop = new ManualLoop()
    const task = loop.createTask(function* () {
      yield* loop.createFuture()
    })
    await expect(drive(loop, () => task.done())).rejects.toBeInstanceOf(Deadlock)
  })
})
