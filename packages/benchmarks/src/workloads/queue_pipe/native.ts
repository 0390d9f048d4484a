/** Lives in microtasks: a long run of it keeps the host from its I/O. */
import { PromiseQueue } from '../../promise-queue.ts'

export default async (n: number, maxsize: number): Promise<number> => {
  const queue = new PromiseQueue<number>(maxsize)
  const produce = async (): Promise<void> => {
    for (let i = 0; i < n; i++) await queue.put(1)
  }
  const produced = produce()
  let count = 0
  for (let i = 0; i < n; i++) count += await queue.get()
  await produced
  return count
}
