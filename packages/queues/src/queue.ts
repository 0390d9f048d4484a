import { InertCoroutine, reprOf, ValueError, WaiterQueue, waitWithin } from '@asyncio-ts/core'
import type { Coroutine, CoroutineObject, WaitLimits } from '@asyncio-ts/core'
import { QueueEmpty, QueueFull, QueueShutDown } from './errors.ts'
import { Ring } from './ring.ts'

/** What {@link Queue.statistics} returns. */
export interface QueueStatistics {
  /** The number of items. */
  size: number
  maxsize: number
  /** The number of items for which `taskDone` has not been called. */
  unfinished: number
  waitingGetters: number
  waitingPutters: number
  /** The largest number of items there has been. */
  peak: number
}

/**
 * Hands items from tasks to tasks, first in, first out.
 *
 * A queue may be used outside of `run`, anywhere, and belongs to the first loop on which a task had to wait for it.
 *
 * A subclass changes the order by overriding {@link getItem}, {@link putItem}, {@link qsize} and {@link items}.
 *
 * **Differences from CPython** It is async-iterable until it is shut down. Whoever waits first is served first.
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
export class Queue<T> implements AsyncIterable<T> {
  // Invariant Q1: an item is in the store, or somebody has it: a getter that is cancelled leaves it in the store.
  // Invariant Q2: items in the store and live getters ⇒ a getter has been woken for them.
  readonly #maxsize: number
  readonly #ring: Ring<T> = new Ring<T>()
  readonly #getters = new WaiterQueue()
  readonly #putters = new WaiterQueue()
  readonly #joiners = new WaiterQueue()
  #unfinished = 0
  #peak = 0
  #isShutdown = false

  /**
   * @param maxsize - how many items there is room for; zero or less means no limit
   * @throws TypeError when it is not a number
   */
  constructor(maxsize = 0) {
    if (typeof maxsize !== 'number') throw new TypeError(`maxsize is a number, got ${reprOf(maxsize)}.`)
    if (Number.isNaN(maxsize)) throw new ValueError('maxsize is NaN: give a number of items.')
    this.#maxsize = maxsize
  }

  /** How many items there is room for; zero or less means no limit. */
  get maxsize(): number {
    return this.#maxsize
  }

  /** The number of items. */
  qsize(): number {
    return this.#ring.size
  }

  empty(): boolean {
    return this.qsize() === 0
  }

  full(): boolean {
    return this.#maxsize > 0 && this.qsize() >= this.#maxsize
  }

  /** Takes the next item out of the store, which is not empty. */
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
   * @param limits - limits of the wait (extension)
   * @throws QueueShutDown when the queue is shut down and empty
   * @throws TimeoutError when the limit of the wait was exceeded
   * @throws RuntimeError when the queue belongs to another loop
   *
   * **Cancellation** No item is taken; one that had been announced to the caller is announced to the next.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.get
   */
  get(limits?: WaitLimits): CoroutineObject<T> {
    return new Get(this, limits)
  }

  /**
   * Takes an item, if there is one.
   *
   * @throws {@link QueueEmpty} when there is none
   * @throws {@link QueueShutDown} when there is none, and there will be none
   */
  getNowait(): T {
    if (this.empty()) {
      if (this.#isShutdown) throw shutDown()
      throw new QueueEmpty('The queue is empty: await get() to wait for an item.')
    }
    const item = this.getItem()
    this.#putters.releaseNext()
    return item
  }

  /**
   * Waits for room, and puts an item in.
   *
   * @param limits - limits of the wait (extension)
   * @throws QueueShutDown when the queue is shut down, at once or while waiting
   * @throws TimeoutError when the limit of the wait was exceeded
   * @throws RuntimeError when the queue belongs to another loop
   *
   * **Cancellation** The item is not put; room that had been announced to the caller is announced to the next.
   * **Differences from CPython** None besides the limits.
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.put
   */
  put(item: T, limits?: WaitLimits): CoroutineObject<void> {
    return new Put(this, item, limits)
  }

  /**
   * Puts an item in, if there is room.
   *
   * @throws {@link QueueFull} when there is none
   * @throws {@link QueueShutDown} when the queue is shut down
   */
  putNowait(item: T): void {
    if (this.#isShutdown) throw shutDown()
    if (this.full()) throw new QueueFull('The queue is full: await put() to wait for room.')
    this.putItem(item)
    this.#unfinished++
    this.#peak = Math.max(this.#peak, this.qsize())
    this.#getters.releaseNext()
  }

  /**
   * Says that an item that was taken has been dealt with.
   *
   * @throws ValueError when it is called more often than there were items
   */
  taskDone(): void {
    if (this.#unfinished <= 0) {
      throw new ValueError('taskDone() called too many times: call it once for each item taken.')
    }
    if (--this.#unfinished === 0) this.#joiners.wakeAll()
  }

  /**
   * Waits until {@link taskDone} has been called for every item that was put.
   *
   * **Cancellation** The caller stops waiting; nothing else changes.
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.join
   */
  join(): CoroutineObject<void> {
    return new Join(this)
  }

  /**
   * Closes the queue: nothing can be put any more, and when it is empty nothing can be got.
   *
   * Whoever waits to put gets a QueueShutDown at once; whoever waits to get, once the queue is empty.
   *
   * @param immediate - drops the items that are left; they count as dealt with
   * @see https://docs.python.org/3/library/asyncio-queue.html#asyncio.Queue.shutdown
   */
  shutdown(immediate = false): void {
    this.#isShutdown = true
    if (immediate) this.#drop()
    while (this.#getters.releaseNext());
    while (this.#putters.releaseNext());
  }

  /** What is going on in the queue. For monitoring: a new object each time. */
  statistics(): QueueStatistics {
    return {
      size: this.qsize(),
      maxsize: this.#maxsize,
      unfinished: this.#unfinished,
      waitingGetters: this.#getters.live,
      waitingPutters: this.#putters.live,
      peak: this.#peak,
    }
  }

  /** Takes items until the queue is shut down and empty. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      let item
      try {
        item = await this.get()
      } catch (error) {
        if (error instanceof QueueShutDown) return
        throw error
      }
      yield item
    }
  }

  *_waitForItem(limits: WaitLimits | undefined): Coroutine<T> {
    while (this.empty()) {
      if (this.#isShutdown) throw shutDown()
      yield* this.#wait(this.#getters, limits, () => !this.empty())
    }
    return this.getNowait()
  }

  *_waitForRoom(item: T, limits: WaitLimits | undefined): Coroutine<void> {
    while (this.full()) {
      if (this.#isShutdown) throw shutDown()
      yield* this.#wait(this.#putters, limits, () => !this.full())
    }
    this.putNowait(item)
  }

  *_waitForUnfinished(): Coroutine<void> {
    const waiter = this.#joiners.add(this)
    try {
      yield* waiter
    } finally {
      this.#joiners.remove(waiter)
    }
  }

  get _isFinished(): boolean {
    return this.#unfinished === 0
  }

  *#wait(waiters: WaiterQueue, limits: WaitLimits | undefined, isReady: () => boolean): Coroutine<void> {
    const waiter = waiters.add(this)
    try {
      yield* waitWithin(waiter, limits)
    } catch (error) {
      waiters.remove(waiter)
      if (isReady() && !waiter.cancelled()) waiters.releaseNext()
      throw error
    }
  }

  #drop(): void {
    while (!this.empty()) {
      this.getItem()
      if (this.#unfinished > 0) this.#unfinished--
    }
    if (this.#unfinished === 0) this.#joiners.wakeAll()
  }

  toString(): string {
    const parts = [`maxsize=${this.#maxsize}`]
    if (!this.empty()) parts.push(`_queue=${reprOf([...this.items()])}`)
    if (this.#getters.live > 0) parts.push(`_getters[${this.#getters.live}]`)
    if (this.#putters.live > 0) parts.push(`_putters[${this.#putters.live}]`)
    if (this.#unfinished > 0) parts.push(`tasks=${this.#unfinished}`)
    if (this.#isShutdown) parts.push('shutdown')
    return `<${this.constructor.name} ${parts.join(' ')}>`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

function shutDown(): QueueShutDown {
  return new QueueShutDown('The queue has been shut down.')
}

class Get<T> extends InertCoroutine<T> {
  readonly #queue: Queue<T>
  readonly #limits: WaitLimits | undefined

  constructor(queue: Queue<T>, limits: WaitLimits | undefined) {
    super()
    this.#queue = queue
    this.#limits = limits
  }

  override get _name(): string {
    return 'Queue.get'
  }

  protected override begin(): Coroutine<T> | undefined {
    if (this.#queue.empty()) return this.#queue._waitForItem(this.#limits)
    this.result = this.#queue.getNowait()
    return undefined
  }
}

class Put<T> extends InertCoroutine<void> {
  readonly #queue: Queue<T>
  readonly #item: T
  readonly #limits: WaitLimits | undefined

  constructor(queue: Queue<T>, item: T, limits: WaitLimits | undefined) {
    super()
    this.#queue = queue
    this.#item = item
    this.#limits = limits
  }

  override get _name(): string {
    return 'Queue.put'
  }

  protected override begin(): Coroutine<void> | undefined {
    if (this.#queue.full()) return this.#queue._waitForRoom(this.#item, this.#limits)
    this.#queue.putNowait(this.#item)
    return undefined
  }
}

class Join extends InertCoroutine<void> {
  readonly #queue: { readonly _isFinished: boolean; _waitForUnfinished(): Coroutine<void> }

  constructor(queue: { readonly _isFinished: boolean; _waitForUnfinished(): Coroutine<void> }) {
    super()
    this.#queue = queue
  }

  override get _name(): string {
    return 'Queue.join'
  }

  protected override begin(): Coroutine<void> | undefined {
    return this.#queue._isFinished ? undefined : this.#queue._waitForUnfinished()
  }
}
