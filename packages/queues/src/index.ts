/** Queues between tasks, safe to cancel at any await: `asyncio.queues`. */
export { Queue } from './queue.ts'
export type { QueueStatistics } from './queue.ts'
export type { QueueIterator } from './queue-items.ts'
export { PriorityQueue } from './priority-queue.ts'
export type { PriorityQueueOptions } from './priority-queue.ts'
export type { Compare } from './compare.ts'
export { LifoQueue } from './lifo-queue.ts'
export { QueueEmpty, QueueFull, QueueShutDown } from './errors.ts'
