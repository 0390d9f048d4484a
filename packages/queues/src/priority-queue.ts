import { reprOf } from '@asyncio-ts/core/primitives'
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
  /** Tells which of two items comes first, by a number as in `Array.sort`; as Python's `<` when absent. */
  compare?: Compare<T> | undefined
}

/**
 * A queue whose smallest item comes out first; equal items in the order in which they came.
 *
 * Numbers, bigints, strings and dates are compared by value, and arrays item by item; for anything else give `compare`.
 * An item that cannot be compared is refused when it is put.
 *
 * @remarks
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

  /**
   * @param maxsize - how many items there is room for; zero or less means no limit
   * @throws TypeError when an argument is not what it should be
   */
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

  // Both find the new place of an entry before anything moves: a comparison that throws leaves the queue as it was.

  protected override putItem(item: T): void {
    const heap = this.#heap
    const entry = { item, sequence: this.#sequence++ }
    // Nothing else would tell that the only item cannot be compared.
    if (heap.length === 0) this.#order(item, item)
    let place = heap.length
    while (place > 0 && this.#before(entry, heap[parentOf(place)]!)) place = parentOf(place)
    for (let hole = heap.length; hole > place; hole = parentOf(hole)) heap[hole] = heap[parentOf(hole)]!
    heap[place] = entry
  }

  protected override getItem(): T {
    const heap = this.#heap
    let entry = heap[heap.length - 1]!
    let hole = this.#placeFromTop(entry)
    heap.pop()
    // Each entry on the way up moves to its parent's place; the one at the top leaves.
    for (; hole > 0; hole = parentOf(hole)) {
      const next = heap[hole]!
      heap[hole] = entry
      entry = next
    }
    const first = heap[0] ?? entry
    if (heap.length > 0) heap[0] = entry
    return first.item
  }

  /** Where the last entry goes when the first one leaves. */
  #placeFromTop(last: Entry<T>): number {
    const heap = this.#heap
    const size = heap.length - 1
    let place = 0
    for (let child = 1; child < size; child = place * 2 + 1) {
      if (child + 1 < size && this.#before(heap[child + 1]!, heap[child]!)) child++
      if (this.#before(last, heap[child]!)) break
      place = child
    }
    return place
  }

  #before(a: Entry<T>, b: Entry<T>): boolean {
    const order = this.#order(a.item, b.item)
    return order < 0 || (order === 0 && a.sequence < b.sequence)
  }

  #order(a: T, b: T): number {
    const order = this.#compare(a, b)
    if (typeof order !== 'number' || Number.isNaN(order)) {
      throw new TypeError(`compare returned ${reprOf(order)}: return a number, negative when the first comes first.`)
    }
    return order
  }
}

function parentOf(index: number): number {
  return (index - 1) >> 1
}
