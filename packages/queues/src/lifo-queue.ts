import { Queue } from './queue.ts'

/**
 * A queue whose newest item comes out first.
 *
 * @example
 * import { LifoQueue } from '@asyncio-ts/queues'
 *
 * const stack = new LifoQueue<string>()
 * stack.putNowait('old')
 * stack.putNowait('new')
 * console.log(await stack.get())
 * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.LifoQueue
 */
export class LifoQueue<T> extends Queue<T> {
  readonly #stack: T[] = []

  override qsize(): number {
    return this.#stack.length
  }

  protected override items(): Iterable<T> {
    return this.#stack
  }

  protected override putItem(item: T): void {
    this.#stack.push(item)
  }

  protected override getItem(): T {
    return this.#stack.pop()!
  }
}
