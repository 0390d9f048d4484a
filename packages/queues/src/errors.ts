/** `getNowait` found nothing. Await `get` to wait for an item. */
export class QueueEmpty extends Error {
  override get name(): string {
    return 'QueueEmpty'
  }

  get code(): 'ERR_ASYNCIO_QUEUE_EMPTY' {
    return 'ERR_ASYNCIO_QUEUE_EMPTY'
  }
}

/** `putNowait` found no room. Await `put` to wait for room. */
export class QueueFull extends Error {
  override get name(): string {
    return 'QueueFull'
  }

  get code(): 'ERR_ASYNCIO_QUEUE_FULL' {
    return 'ERR_ASYNCIO_QUEUE_FULL'
  }
}

/** The queue has been shut down, by its owner and on purpose: there is nothing more to get, or to put. */
export class QueueShutDown extends Error {
  override get name(): string {
    return 'QueueShutDown'
  }

  get code(): 'ERR_ASYNCIO_QUEUE_SHUT_DOWN' {
    return 'ERR_ASYNCIO_QUEUE_SHUT_DOWN'
  }
}

export function shutDown(): QueueShutDown {
  return new QueueShutDown('The queue has been shut down: there is nothing more to get, and no more to put.')
}
