/**
 * The kernel of asyncio-ts: futures, tasks, coroutines, context variables and the loop they run on.
 */
export type { Address, SocketAddress } from './contract/address.ts'
export type { Awaitable, AwaitableLike, Suspension } from './contract/awaitable.ts'
export type { Clock } from './contract/clock.ts'
export type { ContextLike, Variable } from './contract/context.ts'
export type {
  Coroutine,
  CoroutineFunction,
  CoroutineLike,
  CoroutineObject,
  Steps,
  TaskView,
} from './contract/coroutine.ts'
export type { CallbackOptions, EventLoop, TaskFactory, TaskOptions } from './contract/event-loop.ts'
export type { ExceptionContext, ExceptionHandler } from './contract/exception-context.ts'
export type { Executor, ExecutorLoop } from './contract/executor.ts'
export type { FutureLike, TaskLike } from './contract/future.ts'
export type { HandleLike, TimerHandleLike } from './contract/handle.ts'
export type { Host } from './contract/host.ts'
export type { KernelFuture, KernelLoop, KernelTask, KernelTimer, ReadyItems, Runnable } from './contract/kernel.ts'
export type {
  ConnectionOptions,
  ConnectOptions,
  DatagramOptions,
  ListenOptions,
  NetworkLoop,
  ServerOptions,
  StartTlsOptions,
  StreamProtocol,
  UnixServerOptions,
} from './contract/network-loop.ts'
export type {
  BaseProtocol,
  BufferedProtocol,
  DatagramProtocol,
  Protocol,
  SubprocessProtocol,
} from './contract/protocol.ts'
export type { Server, ServerSocket } from './contract/server.ts'
export type { Devnull, Pipe, Stdio, SubprocessLoop, SubprocessOptions, ToStdout } from './contract/subprocess-loop.ts'
export type { Pem, Ssl, TlsLimits, TlsOptions } from './contract/tls-options.ts'
export type {
  BaseTransport,
  DatagramTransport,
  ReadTransport,
  SubprocessTransport,
  Transport,
  WriteTransport,
} from './contract/transport.ts'

export { Future } from './future.ts'
export { WaitingFuture } from './waiting-future.ts'
export { isFuture } from './is-future.ts'
export { Task } from './task.ts'
export type { NewTaskOptions } from './task.ts'
export { allTasks, currentTask } from './current-task.ts'
export { coroutine } from './coroutine.ts'
export { isCoroutine, isGeneratorFunction, isPromiseLike } from './is-coroutine.ts'
export { isCoroutineFunction } from './is-coroutine-function.ts'
export { InertCoroutine } from './inert-coroutine.ts'
export { runBody } from './run-body.ts'
export type { Body } from './run-body.ts'

export { Context, copyContext } from './context.ts'
export { ContextVar } from './context-var.ts'
export type { Token } from './context-var.ts'

export { BaseEventLoop } from './base-event-loop.ts'
export type { BaseEventLoopOptions } from './base-event-loop.ts'
export { Handle } from './handle.ts'
export { TimerHandle } from './timer-handle.ts'
export { LoopTimer } from './loop-timer.ts'
export { TimerFuture } from './timer-future.ts'
export { WakeTimer } from './wake-timer.ts'
export { Waiter, WaiterQueue } from './waiter-queue.ts'
export { checkLimits, limitWait, refuseAborted, waitWithin } from './wait-within.ts'
export type { WaitLimits } from './wait-within.ts'
export { getEventLoop, getRunningLoop, runningLoop, setEventLoop, setRunningLoop } from './running-loop.ts'
export { newDefaultExecutor, provideDefaultExecutor } from './default-executor.ts'
export { defaultHost } from './host.ts'
export { runInRootScope } from './scope.ts'

export {
  CancelledError,
  InvalidStateError,
  isCancelled,
  KeyboardInterrupt,
  LookupError,
  NotImplementedError,
  rethrowIfCancelled,
  RuntimeError,
  TimeoutError,
  ValueError,
} from './errors.ts'
export {
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  GaiError,
  InterruptedError,
  IsADirectoryError,
  NotADirectoryError,
  OSError,
  PermissionError,
  ProcessLookupError,
  SSLCertVerificationError,
  SSLError,
} from './os-error.ts'
export { osErrorOf } from './os-error-of.ts'
export { ExceptionGroup, matchErrors } from './exception-group.ts'
export type { ErrorCondition } from './exception-group.ts'
export { reprOf } from './repr.ts'
export { coroutineName } from './coroutine-name.ts'
export { originOf } from './origins.ts'
