/** Lives in microtasks: a long run of it keeps the host from its I/O. */
import { PromiseQueue } from '../../promise-queue.ts'

export default async (n: number): Promise<number> => {
  const there = new PromiseQueue<number>(1)
  const back = new PromiseQueue<number>(1)
  const echo = async (): Promise<void> => {
    for (let i = 0; i < n; i++) await back.put((await there.get()) + 1)
  }
  const echoed = echo()
  let count = 0
  for (let i = 0; i < n; i++) {
    await there.put(count)
    count = await back.get()
  }
  await echoed
  return count
}
