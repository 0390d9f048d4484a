import type { Coroutine } from '@asyncio-ts/core'
import { LifoQueue, PriorityQueue, Queue, QueueShutDown } from '@asyncio-ts/queues'
import { createTask, sleep, wait } from '@asyncio-ts/tasks'
import { always } from '../../src/index.ts'
import { endedWell, holds } from './explored.ts'
import type { Explored } from './explored.ts'

type MakeQueue = (maxsize: number) => Queue<number>

const PRODUCERS = 3
const ITEMS = 3

/** Every item that was put is got by one consumer, or is still there; nobody waits for what is there: QUEUE-1 to QUEUE-3. */
function handsOut(title: string, make: MakeQueue): Explored {
  return {
    title: `${title}: put and get`,
    cancels: 3,
    *main(): Coroutine<void> {
      const queue = make(2)
      const put: number[] = []
      const got: number[] = []
      always(() => holds(queue.qsize() <= 2, 'there is room for two items'))
      const producer = function* (first: number): Coroutine<void> {
        for (let item = first; item < first + ITEMS; item++) {
          yield* queue.put(item)
          put.push(item)
        }
      }
      const consumer = function* (): Coroutine<void> {
        for (;;) {
          got.push(yield* queue.get())
          if (got.length % 2 === 0) yield* sleep(0)
          queue.taskDone()
        }
      }
      const producers = [0, 10, 20]
        .slice(0, PRODUCERS)
        .map((first, index) => createTask(() => producer(first), { name: `producer-${index}` }))
      const consumers = [0, 1].map((index) => createTask(consumer, { name: `consumer-${index}` }))
      yield* sleep(1)
      const { waitingGetters, waitingPutters } = queue.statistics()
      holds(queue.empty() || waitingGetters === 0, 'nobody waits for an item while there is one')
      holds(!queue.full() ? waitingPutters === 0 : true, 'nobody waits for room while there is some')
      queue.shutdown()
      for (const task of consumers) task.cancel()
      yield* wait([...producers, ...consumers])
      const left: number[] = []
      while (!queue.empty()) left.push(queue.getNowait())
      const accounted = [...got, ...left].sort((a, b) => a - b)
      holds(new Set(accounted).size === accounted.length, 'no item comes twice')
      holds(
        put.every((item) => accounted.includes(item)),
        `no item is lost: put ${put.join()}, found ${accounted.join()}`,
      )
      holds(accounted.length === put.length, 'no item is there that was not put')
      endedWell([...producers, ...consumers], QueueShutDown)
    },
  }
}

/** `join` comes back when every item has been dealt with, and not before. */
function joins(title: string, make: MakeQueue): Explored {
  return {
    title: `${title}: join and task_done, awaited by async functions`,
    cancels: { count: 2, tasks: (task) => task.getName().startsWith('getter') },
    async main(): Promise<void> {
      const queue = make(0)
      let open = 0
      for (const item of [3, 1, 2, 4]) {
        queue.putNowait(item)
        open++
      }
      const consumer = async (): Promise<void> => {
        for (;;) {
          await queue.get()
          try {
            await sleep(0)
          } finally {
            open--
            queue.taskDone()
          }
        }
      }
      const getters = [0, 1].map((index) => createTask(consumer, { name: `getter-${index}` }))
      const keeper = createTask(consumer, { name: 'keeper' })
      await queue.join()
      holds(open === 0, 'every item has been dealt with')
      for (const task of [...getters, keeper]) task.cancel()
      await wait([...getters, keeper])
    },
  }
}

/** Nobody is left waiting at a queue that is shut down. */
function shutsDown(title: string, make: MakeQueue): Explored {
  return {
    title: `${title}: shutdown`,
    cancels: 2,
    *main(): Coroutine<void> {
      const [full, empty] = [make(1), make(1)]
      const tasks = [
        ...[1, 2, 3].map((item) => createTask<unknown>(() => full.put(item), { name: `put-${item}` })),
        createTask(() => full.get(), { name: 'get-full' }),
        ...[1, 2, 3].map((index) => createTask<unknown>(() => empty.get(), { name: `get-${index}` })),
        createTask(() => empty.put(0), { name: 'put-empty' }),
      ]
      const closer = createTask(
        async () => {
          full.shutdown()
          empty.shutdown()
        },
        { name: 'closer' },
      )
      yield* sleep(1)
      full.shutdown()
      empty.shutdown()
      yield* wait([...tasks, closer])
      endedWell([...tasks, closer], QueueShutDown)
      for (const { waitingGetters, waitingPutters } of [full.statistics(), empty.statistics()]) {
        holds(waitingGetters + waitingPutters === 0, 'nobody waits')
      }
    },
  }
}

const queues: readonly (readonly [string, MakeQueue])[] = [
  ['Queue', (maxsize) => new Queue(maxsize)],
  ['PriorityQueue', (maxsize) => new PriorityQueue(maxsize)],
  ['LifoQueue', (maxsize) => new LifoQueue(maxsize)],
]

export const queuePrograms: readonly Explored[] = queues.flatMap(([title, make]) => [
  handsOut(title, make),
  joins(title, make),
  shutsDown(title, make),
])
