import { afterAll, beforeAll, expect, test } from 'vitest'
import { isCancelled } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'
import { createTask, currentTask, gather, sleep, taskGroup, timeout } from '@asyncio-ts/tasks'

/** How many programs are tried: `FUZZ=50` makes it 10,000. */
const COUNT = 200 * Number(process.env['FUZZ'] ?? 1)
const LIMIT_MS = 10_000

class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0
  }

  /** A whole number below `max`. */
  next(max: number): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    return (this.#state ^ (this.#state >>> 13)) % max
  }
}

interface Ledger {
  entered: number
  left: number
  readonly twice: string[]
  usesHost: boolean
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const never = new Promise<never>(() => undefined)

/** Rejects when the signal of the current task aborts, and never settles otherwise. */
function abortable(): Promise<never> {
  const signal = currentTask()?.signal
  return new Promise((_resolve, reject) => {
    if (signal?.aborted !== false) reject(signal?.reason as Error)
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

/** A random async function: it is entered once, and its `finally` has to run once. */
class RandomProgram {
  readonly ledger: Ledger = { entered: 0, left: 0, twice: [], usesHost: false }
  readonly #dice: Dice

  constructor(seed: number) {
    this.#dice = new Dice(seed)
  }

  async call(depth: number): Promise<number> {
    const { ledger } = this
    const name = `call ${++ledger.entered}`
    let left = false
    try {
      for (let steps = 1 + this.#dice.next(3); steps > 0; steps--) await this.#step(depth)
      return depth
    } finally {
      ledger.left++
      if (left) ledger.twice.push(name)
      left = true
      for (let waits = this.#dice.next(3); waits > 0; waits--) await sleep(this.#dice.next(2) / 1000)
    }
  }

  async #step(depth: number): Promise<void> {
    const choice = this.#dice.next(depth > 0 ? 16 : 5)
    if (choice < 2) await sleep(this.#dice.next(3) / 1000)
    else if (choice === 2) await null
    else if (choice === 3) await this.#host()
    else if (choice === 4) await sleep(0)
    else await this.#compound(choice, depth - 1)
  }

  async #host(): Promise<void> {
    this.ledger.usesHost = true
    if (this.#dice.next(3) === 0) await timeout(0.001, abortable).catch(rethrowUnlessTimeout)
    else await after(this.#dice.next(3))
  }

  async #compound(choice: number, depth: number): Promise<void> {
    const call = (): Promise<number> => this.call(depth)
    if (choice === 5) await call()
    else if (choice === 6) await this.#startedAndAwaitedLater(call)
    else if (choice === 7) void call()
    else if (choice === 8) await Promise.race([call(), call()])
    else if (choice === 9) await Promise.all([call(), call(), call()])
    else if (choice === 10) await timeout((1 + this.#dice.next(2)) / 1000, call).catch(rethrowUnlessTimeout)
    else if (choice === 11) await this.#cancelled(call)
    else if (choice === 12) await gather(call, call)
    else if (choice === 13) await taskGroup(async (tg) => void [tg.createTask(call), tg.createTask(call), await call()])
    else if (choice === 14) createTask(call)
    else void this.#stuck()
  }

  async #startedAndAwaitedLater(call: () => Promise<number>): Promise<void> {
    const [first, second] = [call(), call()]
    await sleep(0)
    await first
    // In some programs the second is never awaited.
    if (this.#dice.next(2) === 0) await second
  }

  async #cancelled(call: () => Promise<number>): Promise<void> {
    const task = createTask(call)
    await sleep(this.#dice.next(2) / 1000)
    task.cancel()
    try {
      await task
    } catch (error) {
      // A cancel of the one who awaits has to go on.
      if (!isCancelled(error) || currentTask() === null || currentTask()!.cancelling() > 0) throw error
    }
  }

  /** Never goes on, and nobody waits for it. */
  async #stuck(): Promise<void> {
    await sleep(0)
    await never
  }
}

function rethrowUnlessTimeout(error: unknown): void {
  if ((error as Error).name !== 'TimeoutError') throw error
}

const rejections: unknown[] = []
const note = (reason: unknown): void => void rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', note))
afterAll(() => void process.off('unhandledRejection', note))

async function check(seed: number): Promise<void> {
  const program = new RandomProgram(seed)
  const { ledger } = program
  let timer: NodeJS.Timeout | undefined
  const hang = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Program ${seed} hangs.`)), LIMIT_MS)
  })
  await Promise.race([hang, run(() => program.call(3)).catch(rethrowUnlessTimeout)])
  clearTimeout(timer)
  // What waits for a promise of the host is out of reach until that settles.
  for (let i = 0; i < 100 && ledger.usesHost && ledger.left < ledger.entered; i++) await after(5)
  const before = ledger.entered
  await after(0)
  expect({ seed, left: ledger.left, twice: ledger.twice, rejections }).toEqual({
    seed,
    left: before,
    twice: [],
    rejections: [],
  })
}

test(
  'random programs of async functions: no unhandled rejection, no hang, every finally once, nothing left after run',
  { timeout: 30_000 + COUNT * 200 },
  async () => {
    const first = Number(process.env['SEED'] ?? 1)
    for (let seed = first; seed < first + COUNT; seed++) await check(seed)
  },
)
