/** Python's asyncio for TypeScript: every package under one name. */
export * from '@asyncio-ts/loop'
export * from '@asyncio-ts/tasks'
export * from '@asyncio-ts/sync'
export * from '@asyncio-ts/queues'
export * from '@asyncio-ts/streams'
export * from '@asyncio-ts/executors'
export * from '@asyncio-ts/subprocess'
export {
  BrokenPipeError,
  CancelledError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  Context,
  ContextVar,
  copyContext,
  coroutine,
  ExceptionGroup,
  FileExistsError,
  FileNotFoundError,
  Future,
  GaiError,
  Handle,
  InvalidStateError,
  isCancelled,
  isCoroutine,
  isFuture,
  KeyboardInterrupt,
  matchErrors,
  NotADirectoryError,
  NotImplementedError,
  OSError,
  PermissionError,
  rethrowIfCancelled,
  RuntimeError,
  SystemExit,
  SSLCertVerificationError,
  SSLError,
  Task,
  TimeoutError,
  TimerHandle,
  ValueError,
} from '@asyncio-ts/core'
export { BaseEventLoop } from '@asyncio-ts/core/primitives'
export type {
  Address,
  Awaitable,
  AwaitableLike,
  Coroutine,
  CoroutineLike,
  CoroutineObject,
  SocketAddress,
} from '@asyncio-ts/core'
