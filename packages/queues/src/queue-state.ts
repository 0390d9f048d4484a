import { InertCoroutine, Waiter, WaiterQueue } from '@asyncio-ts/core/primitives'
import type { Steps } from '@asyncio-ts/core'

/** What a queue keeps besides its items: who waits, and for what. */
export class QueueState {
  /** The queue itself, for messages. */
  readonly owner: object
  readonly getters = new WaiterQueue()
  readonly putters = new WaiterQueue(this.getters)
  readonly joiners = new WaiterQueue(this.getters)
  /** How many items have been put for which `taskDone` has not been called. */
  unfinished = 0
  /** The largest number of items there has been. */
  peak = 0
  isShutdown = false

  constructor(owner: object) {
    this.owner = owner
  }
}

/** What `join` returns. */
export class Join extends InertCoroutine<void> {
  readonly #state: QueueState

  constructor(state: QueueState) {
    super('Queue.join')
    this.#state = state
  }

  override get _name(): string {
    return 'Queue.join'
  }

  protected override begin(): Steps<void> | undefined {
    const { unfinished, joiners, owner } = this.#state
    return unfinished === 0 ? undefined : new Waiter(joiners, owner)
  }
}
