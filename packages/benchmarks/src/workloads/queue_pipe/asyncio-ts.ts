import { coroutine, createTask, Queue } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'

const produce = coroutine(function* (n: number, queue: Queue<number>) {
  for (let i = 0; i < n; i++) yield* queue.put(1)
})

export function* generators(n: number, maxsize: number): Coroutine<number> {
  const queue = new Queue<number>(maxsize)
  const task = createTask(produce(n, queue))
  let count = 0
  for (let i = 0; i < n; i++) count += yield* queue.get()
  yield* task
  return count
}

const produceAsync = async (n: number, queue: Queue<number>): Promise<void> => {
  for (let i = 0; i < n; i++) await queue.put(1)
}

export async function functions(n: number, maxsize: number): Promise<number> {
  const queue = new Queue<number>(maxsize)
  const task = createTask(() => produceAsync(n, queue))
  let count = 0
  for (let i = 0; i < n; i++) count += await queue.get()
  await task
  return count
}
