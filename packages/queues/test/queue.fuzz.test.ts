import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getRunningLoop } from '@asyncio-ts/core'
import type { Task } from '@asyncio-ts/core'
import { checkScripts, turnByTurn } from '../../../test-support/turn-by-turn.ts'
import { LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull, QueueShutDown } from '../src/index.ts'

type Command =
  | { do: 'put' | 'putNowait' | 'get' | 'getNowait' | 'turn' }
  | { do: 'cancelGetter' | 'cancelPutter'; index: number }

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constantFrom('put' as const, 'get' as const, 'turn' as const) }),
  fc.record({ do: fc.constantFrom('putNowait' as const, 'getNowait' as const) }),
  fc.record({ do: fc.constantFrom('cancelGetter' as const, 'cancelPutter' as const), index: fc.nat(15) }),
)

/** What went in and what came out, seen from the outside. */
class Ledger {
  next = 0
  readonly accepted: number[] = []
  readonly delivered: number[] = []
  readonly getters: Task[] = []
  readonly putters: { task: Task; item: number }[] = []
}

function getter(queue: Queue<number>, ledger: Ledger, spelling: 'yield*' | 'await'): Task {
  const generator = function* () {
    ledger.delivered.push(yield* queue.get())
  }
  const asyncFunction = async (): Promise<void> => {
    ledger.delivered.push(await queue.get())
  }
  return getRunningLoop().createTask(spelling === 'await' ? asyncFunction : generator) as Task
}

function putter(queue: Queue<number>, ledger: Ledger, item: number, spelling: 'yield*' | 'await'): Task {
  const generator = function* () {
    yield* queue.put(item)
    ledger.accepted.push(item)
  }
  const asyncFunction = async (): Promise<void> => {
    await queue.put(item)
    ledger.accepted.push(item)
  }
  return getRunningLoop().createTask(spelling === 'await' ? asyncFunction : generator) as Task
}

function tryNow(action: () => void): void {
  try {
    action()
  } catch (error) {
    if (!(error instanceof QueueEmpty || error instanceof QueueFull)) throw error
  }
}

async function play(queue: Queue<number>, ledger: Ledger, script: Command[], spelling: 'yield*' | 'await', turn: () => Promise<void>) {
  for (const step of script) {
    if (step.do === 'turn') await turn()
    else if (step.do === 'get') ledger.getters.push(getter(queue, ledger, spelling))
    else if (step.do === 'put') {
      const item = ledger.next++
      ledger.putters.push({ item, task: putter(queue, ledger, item, spelling) })
    } else if (step.do === 'getNowait') tryNow(() => ledger.delivered.push(queue.getNowait()))
    else if (step.do === 'putNowait') {
      tryNow(() => {
        queue.putNowait(ledger.next)
        ledger.accepted.push(ledger.next++)
      })
    } else if (step.do === 'cancelGetter') ledger.getters[step.index]?.cancel()
    else if (step.do === 'cancelPutter') ledger.putters[step.index]?.task.cancel()
    const { size, maxsize } = queue.statistics()
    expect(maxsize <= 0 || size <= maxsize).toBe(true)
  }
  for (let turns = 0; turns < 60; turns++) await turn()
}

const kinds = [
  ['Queue', (maxsize: number) => new Queue<number>(maxsize)],
  ['LifoQueue', (maxsize: number) => new LifoQueue<number>(maxsize)],
  ['PriorityQueue', (maxsize: number) => new PriorityQueue<number>(maxsize)],
] as const

describe.each(kinds)('%s under random cancels', (name, make) => {
  it.each([0, 1, 3])('loses nothing, makes nothing up and leaves nobody asleep (maxsize %i)', async (maxsize) => {
    await checkScripts(command, (script, spelling) =>
      turnByTurn(async (turn) => {
        const queue = make(maxsize)
        const ledger = new Ledger()
        await play(queue, ledger, script, spelling, turn)
        const asleep = {
          getters: ledger.getters.filter((task) => !task.done()).length,
          putters: ledger.putters.filter(({ task }) => !task.done()).length,
        }
        expect(asleep.getters > 0 && !queue.empty(), 'a getter sleeps beside an item').toBe(false)
        expect(asleep.putters > 0 && !queue.full(), 'a putter sleeps beside room').toBe(false)
        expect(queue.statistics()).toMatchObject({ waitingGetters: asleep.getters, waitingPutters: asleep.putters })

        queue.shutdown()
        for (let turns = 0; turns < 60; turns++) await turn()
        for (const task of [...ledger.getters, ...ledger.putters.map(({ task: each }) => each)]) {
          expect(task.done()).toBe(true)
          if (!task.cancelled() && task.exception() !== null) expect(task.exception()).toBeInstanceOf(QueueShutDown)
        }
        const left: number[] = []
        while (!queue.empty()) left.push(queue.getNowait())
        const out = [...ledger.delivered, ...left]
        // An async function can be cancelled in the microtasks between the end of its get and its next line.
        if (spelling === 'yield*') expect(sorted(out)).toEqual(sorted(ledger.accepted))
        expect(new Set(out).size).toBe(out.length)
        if (name === 'Queue' && spelling === 'yield*') expect(out).toEqual([...out].sort((a, b) => orderOf(ledger, a, b)))
      }),
    )
  })
})

const sorted = (items: number[]): number[] => [...items].sort((a, b) => a - b)

const orderOf = ({ accepted }: Ledger, a: number, b: number): number => accepted.indexOf(a) - accepted.indexOf(b)

describe('PriorityQueue', () => {
  it('gives the smallest first, and equals in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(5).map((n) => ['put', n] as const), fc.constant(['get'] as const))), (script) => {
        const queue = new PriorityQueue<[number, number]>(0, { compare: (a, b) => a[0] - b[0] })
        const model: [number, number][] = []
        script.forEach((step, arrival) => {
          if (step[0] === 'put') {
            queue.putNowait([step[1], arrival])
            model.push([step[1], arrival])
            model.sort((a, b) => a[0] - b[0] || a[1] - b[1])
          } else if (model.length > 0) expect(queue.getNowait()).toEqual(model.shift())
        })
        expect(queue.qsize()).toBe(model.length)
      }),
      { numRuns: 500 },
    )
  })

  it('is as it was when an item cannot be compared', () => {
    const queue = new PriorityQueue<unknown>()
    queue.putNowait([2, 'b'])
    queue.putNowait([1, 'a'])
    expect(() => queue.putNowait({})).toThrow(/have no order/)
    expect(() => queue.putNowait([1, {}])).toThrow(/have no order/)
    expect(() => new PriorityQueue<unknown>().putNowait({})).toThrow(/compare function/)
    expect(queue.statistics()).toMatchObject({ size: 2, unfinished: 2 })
    expect([queue.getNowait(), queue.getNowait()]).toEqual([[1, 'a'], [2, 'b']])
  })
})
