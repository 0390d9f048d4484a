/** Python's asyncio for TypeScript: every package under one name. */
export * from '@asyncio-ts/loop'
export * from '@asyncio-ts/tasks'
export * from '@asyncio-ts/sync'
export * from '@asyncio-ts/queues'
export * from '@asyncio-ts/streams'
export * from '@asyncio-ts/executors'
export * from '@asyncio-ts/subprocess'
export {
  BaseEventLoop,
  CancelledError,
  Context,
  ContextVar,
  copyContext,
  coroutine,
  ExceptionGroup,
  Future,
  Handle,
  InvalidStateError,
  isCancelled,
  isCoroutine,
  isFuture,
  KeyboardInterrupt,
  matchErrors,
  NotImplementedError,
  rethrowIfCancelled,
  RuntimeError,
  Task,
  TimeoutError,
  TimerHandle,
  ValueError,
} from '@asyncio-ts/core'
export type { Awaitable, AwaitableLike, Coroutine, CoroutineLike, CoroutineObject } from '@asyncio-ts/core'
