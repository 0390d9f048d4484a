import { reprOf } from '@asyncio-ts/core'
import { compare as compareLikePython } from './compare.ts'
import type { Compare } from './compare.ts'
import { Queue } from './queue.ts'

interface Entry<T> {
  item: T
  /** Ranks equal items by arrival. */
  sequence: number
}

/** Options of {@link PriorityQueue}. */
export interface PriorityQueueOptions<T> {
  /** Tells which of two items comes first; as Python's `<` when absent. */
  compare?: Compare<T> | undefined
}

/**
 * A queue whose smallest item comes out first; equal items in the order in which they came.
 *
 * **Differences from CPython** Items of equal priority keep their order. `compare` replaces `__lt__`.
 * @example
 * import { PriorityQueue } from '@asyncio-ts/queues'
 *
 * const queue = new PriorityQueue<[priority: number, name: string]>()
 * queue.putNowait([2, 'later'])
 * queue.putNowait([1, 'first'])
 * console.log(await queue.get())
 * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.PriorityQueue
 */
export class PriorityQueue<T> extends Queue<T> {
  readonly #heap: Entry<T>[] = []
  readonly #compare: Compare<T>
  #sequence = 0

  constructor(maxsize?: number, options?: PriorityQueueOptions<T>) {
    super(maxsize)
    const compare = options?.compare ?? compareLikePython
    if (typeof compare !== 'function') throw new TypeError(`compare is a function, got ${reprOf(compare)}.`)
    this.#compare = compare
  }

  override qsize(): number {
    return this.#heap.length
  }

  protected override items(): Iterable<T> {
    return this.#heap.map((entry) => entry.item)
  }

  protected override putItem(item: T): void {
    const entry = { item, sequence: this.#sequence++ }
    if (this.#heap.length === 0) this.#compare(item, item)
    // Every comparison is made before anything moves: one that throws leaves the queue as it was.
    const path: number[] = []
    let index = this.#heap.length
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#before(entry, this.#heap[parent]!)) break
      path.push(parent)
      index = parent
    }
    let hole = this.#heap.length
    for (const parent of path) {
      this.#heap[hole] = this.#heap[parent]!
      hole = parent
    }
    this.#heap[hole] = entry
  }

  protected override getItem(): T {
    const heap = this.#heap
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length > 0) this.#sink(last)
    return first.item
  }

  #sink(entry: Entry<T>): void {
    const heap = this.#heap
    let index = 0
    for (;;) {
      let child = index * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++
      if (this.#before(entry, heap[child]!)) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = entry
  }

  #before(a: Entry<T>, b: Entry<T>): boolean {
    const order = this.#compare(a.item, b.item)
    return order < 0 || (order === 0 && a.sequence < b.sequence)
  }
}
