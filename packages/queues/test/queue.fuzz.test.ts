import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getRunningLoop, isCancelled, TimeoutError } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'
import { checkScripts, turnByTurn, turnUntilIdle } from '../../../test-support/turn-by-turn.ts'
import type { Turn } from '../../../test-support/turn-by-turn.ts'
import type { ManualLoop } from '../../../test-support/manual-loop.ts'
import { LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull, QueueShutDown } from '../src/index.ts'

type Spelling = 'yield*' | 'await'

type Command =
  | { do: 'putNowait' | 'getNowait' | 'turn' | 'second' | 'shutdown' }
  | { do: 'put' | 'get'; limited: boolean }
  | { do: 'cancel' | 'abort'; index: number }

const now = fc.constantFrom('putNowait', 'getNowait', 'turn', 'turn', 'turn', 'second')
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('put' as const, 'get' as const), limited: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: now as fc.Arbitrary<'turn'> }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'abort' as const), index: fc.nat(15) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('shutdown' as const) }) },
)

interface Player {
  task: Task
  isGetter: boolean
  controller: AbortController
}

/** Plays a script, and notes what went in and what came out, as seen from the outside. */
class Game {
  readonly accepted: number[] = []
  readonly delivered: number[] = []
  readonly players: Player[] = []
  readonly queue: Queue<number>
  readonly #loop: ManualLoop
  readonly #spelling: Spelling
  #nextItem = 0

  constructor(queue: Queue<number>, loop: ManualLoop, spelling: Spelling) {
    this.queue = queue
    this.#loop = loop
    this.#spelling = spelling
  }

  async play(step: Command, turn: Turn): Promise<void> {
    if (step.do === 'turn') await turn()
    else if (step.do === 'second') this.#loop.clock.time += 1
    else if (step.do === 'shutdown') this.queue.shutdown()
    else if (step.do === 'get' || step.do === 'put') this.#start(step.do === 'get', step.limited)
    else if (step.do === 'cancel') this.#any(step.index)?.task.cancel()
    else if (step.do === 'abort') this.#any(step.index)?.controller.abort()
    else this.#actNow(step.do === 'getNowait')
    const { size, maxsize } = this.queue.statistics()
    expect(maxsize <= 0 || size <= maxsize).toBe(true)
  }

  #any(index: number): Player | undefined {
    return this.players[index % this.players.length]
  }

  #actNow(isGet: boolean): void {
    try {
      if (isGet) this.delivered.push(this.queue.getNowait())
      else {
        this.queue.putNowait(this.#nextItem)
        this.accepted.push(this.#nextItem++)
      }
    } catch (error) {
      const isExpected = [QueueEmpty, QueueFull, QueueShutDown].some((type) => error instanceof type)
      if (!isExpected) throw error
    }
  }

  #start(isGetter: boolean, isLimited: boolean): void {
    const controller = new AbortController()
    const limits = isLimited ? { timeout: 2, signal: controller.signal } : undefined
    const body = isGetter ? this.#getter(limits) : this.#putter(this.#nextItem++, limits)
    this.players.push({ task: getRunningLoop().createTask(body) as Task, isGetter, controller })
  }

  #getter(limits: WaitLimits | undefined) {
    const { queue, delivered } = this
    const generator = function* () {
      delivered.push(yield* queue.get(limits))
    }
    const asyncFunction = async (): Promise<void> => {
      delivered.push(await queue.get(limits))
    }
    return this.#spelling === 'await' ? asyncFunction : generator
  }

  #putter(item: number, limits: WaitLimits | undefined) {
    const { queue, accepted } = this
    const generator = function* () {
      yield* queue.put(item, limits)
      accepted.push(item)
    }
    const asyncFunction = async (): Promise<void> => {
      await queue.put(item, limits)
      accepted.push(item)
    }
    return this.#spelling === 'await' ? asyncFunction : generator
  }

  asleep(isGetter: boolean): number {
    return this.players.filter((player) => player.isGetter === isGetter && !player.task.done()).length
  }

  /** Everything that came out, and then what is left. */
  drain(): number[] {
    const out = [...this.delivered]
    while (!this.queue.empty()) out.push(this.queue.getNowait())
    return out
  }
}

function checkNobodySleepsInVain(game: Game): void {
  const { queue } = game
  const [getters, putters] = [game.asleep(true), game.asleep(false)]
  expect(getters > 0 && !queue.empty(), 'a getter sleeps beside an item').toBe(false)
  expect(putters > 0 && !queue.full(), 'a putter sleeps beside room').toBe(false)
  expect(queue.statistics()).toMatchObject({ waitingGetters: getters, waitingPutters: putters })
}

function checkEnds({ players }: Game): void {
  for (const { task } of players) {
    expect(task.done()).toBe(true)
    const error: unknown = task.cancelled() ? null : task.exception()
    const isExpected = [QueueShutDown, TimeoutError].some((type) => error instanceof type)
    expect(error === null || isCancelled(error) || isExpected, String(error)).toBe(true)
  }
}

const ascending = (a: number, b: number): number => a - b

const kinds = [
  ['Queue', (maxsize: number) => new Queue<number>(maxsize)],
  ['LifoQueue', (maxsize: number) => new LifoQueue<number>(maxsize)],
  ['PriorityQueue', (maxsize: number) => new PriorityQueue<number>(maxsize)],
] as const

describe.each(kinds)('%s under random cancels', (name, make) => {
  it.each([0, 1, 3])('loses nothing, makes nothing up and leaves nobody asleep (maxsize %i)', async (maxsize) => {
    await checkScripts(command, (script, spelling) =>
      turnByTurn(async (turn, loop) => {
        const game = new Game(make(maxsize), loop, spelling)
        for (const step of script) await game.play(step, turn)
        await turnUntilIdle(turn, loop)
        checkNobodySleepsInVain(game)
        game.queue.shutdown()
        await turnUntilIdle(turn, loop)
        checkEnds(game)
        const out = game.drain()
        expect([...out].sort(ascending)).toEqual([...game.accepted].sort(ascending))
        // Async functions that go on in one turn note what they did in the order of their microtasks.
        if (name === 'Queue' && spelling === 'yield*') expect(out).toEqual(game.accepted)
      }),
    )
  })
})
