import { asyncio, co, trace } from '../case.ts'
import type { Task } from '../case.ts'
import { Random } from './random.ts'

type Numbers = InstanceType<typeof asyncio.Queue<number>>

/** What a script does with its queue. */
class Players {
  readonly events: string[] = []
  readonly tasks: Task[] = []
  readonly #queue: Numbers
  #number = 0

  constructor(queue: Numbers) {
    this.#queue = queue
  }

  /** Every priority comes once: CPython does not say in which order it gives equal ones. */
  #nextItem(): number {
    return (++this.#number * 7) % 64
  }

  getter(): void {
    this.#start('g', () => this.#queue.get() as ReturnType<typeof put>)
  }

  putter(): void {
    const item = this.#nextItem()
    this.#start('p', () => put(this.#queue, item))
  }

  joiner(): void {
    this.#start('j', () => join(this.#queue))
  }

  getNow(): void {
    this.#now(() => `G${this.#queue.getNowait()}`)
  }

  putNow(): void {
    this.#now(() => `P${this.#queue.putNowait(this.#nextItem()) ?? ''}`)
  }

  taskDone(): void {
    this.#now(() => `D${this.#queue.taskDone() ?? ''}`)
  }

  #start(name: string, wait: () => ReturnType<typeof put>): void {
    this.tasks.push(asyncio.createTask(attempt(name, wait, this.events)))
  }

  #now(act: () => string): void {
    try {
      this.events.push(act())
    } catch (error) {
      asyncio.rethrowIfCancelled(error)
      this.events.push((error as Error).name)
    }
  }
}

const put = co(function* (queue: Numbers, item: number) {
  yield* queue.put(item)
  return item as number | string
})

const join = co(function* (queue: Numbers) {
  yield* queue.join()
  return '' as number | string
})

const attempt = co(function* (name: string, wait: () => ReturnType<typeof put>, events: string[]) {
  try {
    events.push(`${name}${yield* wait()}`)
  } catch (error) {
    events.push(error instanceof asyncio.QueueShutDown ? `${name}x` : `${name}!`)
    asyncio.rethrowIfCancelled(error)
  }
})

/** Stays in generators: only they have CPython's order inside a turn. */
export const script = co(function* (seed: number) {
  const random = new Random(seed)
  const kinds = [asyncio.Queue<number>, asyncio.PriorityQueue<number>, asyncio.LifoQueue<number>]
  const queue = new kinds[random.below(3)]!(random.below(4))
  const players = new Players(queue)
  const { events, tasks } = players
  for (let step = 0; step < 60; step++) {
    const action = random.below(24)
    if (action < 5) players.getter()
    else if (action < 10) players.putter()
    else if (action < 12) players.getNow()
    else if (action < 14) players.putNow()
    else if (action < 16 && tasks.length > 0) tasks[random.below(tasks.length)]!.cancel()
    else if (action === 16) players.taskDone()
    else if (action === 17) players.joiner()
    else if (action === 18 && random.below(3) === 0) {
      queue.shutdown(random.below(3) === 0)
      events.push('S')
    } else {
      events.push(`${queue.qsize()}${queue.full() ? 'f' : '.'}`)
      yield* asyncio.sleep(0)
    }
  }
  for (let turn = 0; turn < 20; turn++) yield* asyncio.sleep(0)
  queue.shutdown(true)
  events.push('|')
  for (let turn = 0; turn < 20; turn++) yield* asyncio.sleep(0)
  for (const task of tasks) task.cancel()
  yield* asyncio.gather(tasks, { returnExceptions: true })
  trace(seed, events.join(' '))
})
