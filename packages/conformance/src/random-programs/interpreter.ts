import type { Coroutine, Future, Task } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import * as asyncio from 'asyncio-ts'
import type { CoroutineObject } from 'asyncio-ts'
import { operationOf } from './operations.ts'
import { MAX_COROUTINES } from './program.ts'
import type { Program, Statement, SyncStatement, Target } from './program.ts'
import { isSync, World } from './world.ts'

/** A running coroutine: who it is, and whether it has returned. */
export interface Frame {
  number: number
  returned: boolean
}

/** Runs the statements of a random program, in generators; the other half is interpret.py. */
export class Interpreter {
  readonly world: World
  readonly #program: Program
  readonly loop: BaseEventLoop
  /** The tasks, numbered in the order in which they were begun. */
  readonly numbers = new Map<unknown, number>()
  readonly #trace: (...values: unknown[]) => void
  #coroutines = 0

  constructor(program: Program, loop: BaseEventLoop, trace: (...values: unknown[]) => void) {
    this.#program = program
    this.loop = loop
    this.#trace = trace
    this.world = new World(program, loop)
  }

  /** Starts main. */
  start(): void {
    this.createTask(0, (coroutine) => this.loop.createTask(coroutine))
  }

  /** A new coroutine and its number, or null when there are too many. */
  begin(def: number): { number: number; coroutine: CoroutineObject<number> } | null {
    if (this.#coroutines >= MAX_COROUTINES) return null
    const number = this.#coroutines++
    return { number, coroutine: this.#runDef(number, def) }
  }

  /** Runs a new coroutine as the task that `create` makes of it; null when there are too many. */
  createTask(def: number, create: (coroutine: CoroutineObject<number>) => Task<number>): Task<number> | null {
    const begun = this.begin(def)
    if (begun === null) return null
    const task = create(begun.coroutine)
    this.numbers.set(task, begun.number)
    return task
  }

  readonly #runDef = asyncio.coroutine(
    function* (this: Interpreter, number: number, def: number) {
      try {
        yield* this.run({ number, returned: false }, this.#program.defs[def]!)
      } catch (error) {
        this.#trace(number, 'ends', error)
        throw error
      }
      this.#trace(number, 'ends')
      return number
    }.bind(this),
  );

  /** Runs statements until one throws or returns. */
  *run(frame: Frame, body: Statement[]): Coroutine<void> {
    for (const s of body) {
      let value: unknown
      try {
        value = isSync(s) ? this.world.act(s) : yield* operationOf(s)(this, frame, s)
      } catch (error) {
        this.#trace(frame.number, s.op, '!', error)
        throw error
      }
      this.#trace(frame.number, s.op, '->', value)
      if (frame.returned) return
    }
  }

  /** Runs the statements of a callback, each for itself. */
  runCallback(body: SyncStatement[]): void {
    for (const s of body) {
      let value: unknown
      try {
        value = this.world.act(s)
      } catch (error) {
        value = asyncio.rethrowIfCancelled(error) ?? error
      }
      this.#trace('callback', s.op, value)
    }
  }

  /** What to wait for, or null; a task waits only for those made after it, so that none waits for itself. */
  target(frame: Frame, target: Target): CoroutineObject<number> | Future | null {
    if ('def' in target) return this.begin(target.def)?.coroutine ?? null
    if ('future' in target) return this.world.futures[target.future]!
    return this.taskFor(frame, target.slot)
  }

  /** The task in a slot, when it may be waited for. */
  taskFor(frame: Frame, slot: number): Task | null {
    const task = this.world.slots[slot]!
    return task !== null && this.numbers.get(task)! > frame.number ? task : null
  }
}
