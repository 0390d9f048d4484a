import { coroutine, createTask, Queue } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'

const echo = coroutine(function* (n: number, there: Queue<number>, back: Queue<number>) {
  for (let i = 0; i < n; i++) yield* back.put((yield* there.get()) + 1)
})

export function* generators(n: number): Coroutine<number> {
  const there = new Queue<number>(1)
  const back = new Queue<number>(1)
  const task = createTask(echo(n, there, back))
  let count = 0
  for (let i = 0; i < n; i++) {
    yield* there.put(count)
    count = yield* back.get()
  }
  yield* task
  return count
}

const echoAsync = async (n: number, there: Queue<number>, back: Queue<number>): Promise<void> => {
  for (let i = 0; i < n; i++) await back.put((await there.get()) + 1)
}

export async function functions(n: number): Promise<number> {
  const there = new Queue<number>(1)
  const back = new Queue<number>(1)
  const task = createTask(() => echoAsync(n, there, back))
  let count = 0
  for (let i = 0; i < n; i++) {
    await there.put(count)
    count = await back.get()
  }
  await task
  return count
}
