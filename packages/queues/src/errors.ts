/** `getNowait` found nothing. Await `get` to wait for an item. */
export class QueueEmpty extends Error {
  declare readonly code: 'ERR_ASYNCIO_QUEUE_EMPTY'
}

/** `putNowait` found no room. Await `put` to wait for room. */
export class QueueFull extends Error {
  declare readonly code: 'ERR_ASYNCIO_QUEUE_FULL'
}

/** The queue has been shut down, by its owner and on purpose: there is nothing more to get, or to put. */
export class QueueShutDown extends Error {
  declare readonly code: 'ERR_ASYNCIO_QUEUE_SHUT_DOWN'
}

const names = [
  [QueueEmpty, 'QueueEmpty', 'ERR_ASYNCIO_QUEUE_EMPTY'],
  [QueueFull, 'QueueFull', 'ERR_ASYNCIO_QUEUE_FULL'],
  [QueueShutDown, 'QueueShutDown', 'ERR_ASYNCIO_QUEUE_SHUT_DOWN'],
] as const
for (const [{ prototype }, name, code] of names) {
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true })
  Object.defineProperty(prototype, 'code', { value: code, configurable: true })
}

export function shutDown(): QueueShutDown {
  return new QueueShutDown('The queue has been shut down: there is nothing more to get, and no more to put.')
}
