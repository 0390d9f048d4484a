import { ValueError } from '@asyncio-ts/core'
import { Inspectable, reprOf } from '@asyncio-ts/core/primitives'
import type { CoroutineObject } from '@asyncio-ts/core'
import type { WaitLimits } from '@asyncio-ts/core/primitives'
import { QueueEmpty, QueueFull, shutDown } from './errors.ts'
import { QueueItems } from './queue-items.ts'
import type { QueueIterator } from './queue-items.ts'
import { Join, QueueState } from './queue-state.ts'
import { Ring } from './ring.ts'
import { Get, Put } from './transfer.ts'

/** What {@link Queue.statistics} returns. */
export interface QueueStatistics {
  /** The number of items. */
  readonly size: number
  readonly maxsize: number
  /** The number of items for which `taskDone` has not been called. */
  readonly unfinished: number
  readonly waitingGetters: number
  readonly waitingPutters: number
  /** The largest number of items there has been. */
  readonly peak: number
}

/**
 * Hands items from tasks to tasks, first in, first out.
 *
 * A queue may be used outside of `run`, anywhere, and belongs to the first loop on which a task had to wait for it.
 *
 * Whoever waits first is woken first. A subclass changes what is stored, and in which order, by overriding
 * {@link getItem}, {@link putItem}, {@link qsize} and {@link items}.
 *
 * @remarks
 * **Differences from CPython** It is async-iterable until it is shut down. `_get` and `_put` are `getItem` and
 * `putItem`; for `_init` write a constructor, and for the length of `_queue` override `qsize`.
 * @example
 * import { Queue } from '@asyncio-ts/queues'
 *
 * const queue = new Queue<number>()
 * queue.putNowait(1)
 * queue.putNowait(2)
 * queue.shutdown()
 * for await (const n of queue) console.log(n)
 * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue
 */
export class Queue<T> extends Inspectable implements AsyncIterable<T> {
  // Invariant QUEUE-1: an item is in the store, or somebody has it: a getter that is cancelled leaves it in the store.
  // Invariant QUEUE-2: items in the store and live getters ⇒ a getter has been woken for them.
  // Invariant QUEUE-3: room and live putters ⇒ a putter has been woken for it.
  readonly #maxsize: number
  readonly #ring: Ring<T> = new Ring<T>()
  readonly #state = new QueueState(this)

  /**
   * @param maxsize - how many items there is room for; zero or less means no limit
   * @throws TypeError when it is not a number
   * @throws ValueError when it is NaN
   */
  constructor(maxsize = 0) {
    super()
    if (typeof maxsize !== 'number') throw new TypeError(`maxsize is a number, got ${reprOf(maxsize)}.`)
    if (Number.isNaN(maxsize)) throw new ValueError('maxsize is NaN: give a number of items.')
    this.#maxsize = maxsize
  }

  /**
   * How many items there is room for; zero or less means no limit.
   *
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.maxsize
   */
  get maxsize(): number {
    return this.#maxsize
  }

  /**
   * Returns the number of items.
   *
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.qsize
   */
  qsize(): number {
    return this.#ring.size
  }

  /** Returns whether there is no item. */
  empty(): boolean {
    return this.qsize() === 0
  }

  /** Returns whether there is no room. */
  full(): boolean {
    return this.#maxsize > 0 && this.qsize() >= this.#maxsize
  }

  /** Takes the next item out of the store, which is not empty. Throws, and changes nothing, when it cannot. */
  protected getItem(): T {
    return this.#ring.shift()
  }

  /** Puts an item into the store. Throws, and changes nothing, when it does not accept it. */
  protected putItem(item: T): void {
    this.#ring.push(item)
  }

  /** The items, for messages. */
  protected items(): Iterable<T> {
    return this.#ring
  }

  /**
   * Waits for an item, and takes it.
   *
   * @param limits - limits of the wait: `{ timeout, signal }` (extension)
   * @throws QueueShutDown when the queue is shut down and empty
   * @throws TimeoutError when the time was up first
   * @throws CancelledError when the signal aborted first, with the signal's reason as its cause
   * @throws RuntimeError when the queue belongs to another loop
   * @throws TypeError when the limits are not what they should be
   *
   * @remarks
   * **Cancellation** No item is taken; one that had been announced to the caller is announced to the next.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.get
   */
  get(limits?: WaitLimits): CoroutineObject<T> {
    return new Get(this, this.#state, limits)
  }

  /**
   * Takes an item, if there is one.
   *
   * @throws {@link QueueEmpty} when there is none
   * @throws {@link QueueShutDown} when there is none, and there will be none
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.get_nowait
   */
  getNowait(): T {
    if (this.empty()) {
      if (this.#state.isShutdown) throw shutDown()
      throw new QueueEmpty('The queue is empty: await get() to wait for an item.')
    }
    const item = this.getItem()
    this.#state.putters.releaseNext()
    return item
  }

  /**
   * Waits for room, and puts an item in.
   *
   * @param limits - limits of the wait: `{ timeout, signal }` (extension)
   * @throws QueueShutDown when the queue is shut down, at once or while waiting
   * @throws TimeoutError when the time was up first
   * @throws CancelledError when the signal aborted first, with the signal's reason as its cause
   * @throws RuntimeError when the queue belongs to another loop
   * @throws TypeError when the limits are not what they should be, or the item has no place in a PriorityQueue
   *
   * @remarks
   * **Cancellation** The item is not put; room that had been announced to the caller is announced to the next.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.put
   */
  put(item: T, limits?: WaitLimits): CoroutineObject<void> {
    return new Put(this, this.#state, limits, item)
  }

  /**
   * Puts an item in, if there is room.
   *
   * @throws {@link QueueFull} when there is none
   * @throws {@link QueueShutDown} when the queue is shut down
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.put_nowait
   */
  putNowait(item: T): void {
    if (this.#state.isShutdown) throw shutDown()
    if (this.full()) throw new QueueFull('The queue is full: await put() to wait for room.')
    this.putItem(item)
    this.#state.unfinished++
    this.#state.peak = Math.max(this.#state.peak, this.qsize())
    this.#state.getters.releaseNext()
  }

  /**
   * Says that an item that was taken has been dealt with.
   *
   * @throws ValueError when it is called more often than there were items
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.task_done
   */
  taskDone(): void {
    if (this.#state.unfinished <= 0) {
      throw new ValueError('taskDone() called too many times: call it once for each item taken.')
    }
    if (--this.#state.unfinished === 0) this.#state.joiners.wakeAll()
  }

  /**
   * Waits until {@link taskDone} has been called for every item that was put.
   *
   * @throws RuntimeError when the queue belongs to another loop
   *
   * @remarks
   * **Cancellation** The caller stops waiting; nothing else changes.
   * **Differences from CPython** None.
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.join
   */
  join(): CoroutineObject<void> {
    return new Join(this.#state)
  }

  /**
   * Closes the queue: nothing can be put any more, and when it is empty nothing can be got.
   *
   * Whoever waits to put gets a QueueShutDown at once; whoever waits to get, once the queue is empty.
   *
   * Shutting down again does nothing, but for `immediate`. What has been taken still wants its {@link taskDone}.
   *
   * @param immediate - drops the items that are left; they count as dealt with
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.shutdown
   */
  shutdown(immediate = false): void {
    this.#state.isShutdown = true
    if (immediate) this.#drop()
    while (this.#state.getters.releaseNext());
    while (this.#state.putters.releaseNext());
  }

  /**
   * Returns what is going on in the queue. For monitoring: a new object each time.
   *
   * @extension
   */
  statistics(): QueueStatistics {
    return {
      size: this.qsize(),
      maxsize: this.#maxsize,
      unfinished: this.#state.unfinished,
      waitingGetters: this.#state.getters.live,
      waitingPutters: this.#state.putters.live,
      peak: this.#state.peak,
    }
  }

  /**
   * Takes items until the queue is shut down and empty.
   *
   * Each consumer gets an iterator of its own, and each item goes to one of them. Leaving the loop takes nothing.
   *
   * @returns an iterator whose `next` can be awaited in both spellings: there is no `for await` in a `function*`
   *
   * @remarks
   * **Cancellation** As {@link get}.
   * @example
   * import { coroutine } from '@asyncio-ts/core'
   * import { Queue } from '@asyncio-ts/queues'
   *
   * const consume = coroutine(function* (queue: Queue<number>) {
   *   const items = queue[Symbol.asyncIterator]()
   *   for (let item = yield* items.next(); !item.done; item = yield* items.next()) console.log(item.value)
   * })
   * const queue = new Queue<number>()
   * queue.putNowait(1)
   * queue.shutdown()
   * await consume(queue)
   * @extension
   */
  [Symbol.asyncIterator](): QueueIterator<T> {
    return new QueueItems(this)
  }

  #drop(): void {
    while (!this.empty()) {
      this.getItem()
      if (this.#state.unfinished > 0) this.#state.unfinished--
    }
    if (this.#state.unfinished === 0) this.#state.joiners.wakeAll()
  }

  /** Appears as in CPython. */
  override toString(): string {
    const parts = [`maxsize=${this.#maxsize}`]
    if (!this.empty()) parts.push(`_queue=${reprOf([...this.items()])}`)
    if (this.#state.getters.live > 0) parts.push(`_getters[${this.#state.getters.live}]`)
    if (this.#state.putters.live > 0) parts.push(`_putters[${this.#state.putters.live}]`)
    if (this.#state.unfinished > 0) parts.push(`tasks=${this.#state.unfinished}`)
    if (this.#state.isShutdown) parts.push('shutdown')
    return `<${this.constructor.name} ${parts.join(' ')}>`
  }
}
