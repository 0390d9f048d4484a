/**
 * Futures, tasks, coroutines, context variables and errors: what programs import from the kernel.
 *
 * Authors of primitives and of event loops import `@asyncio-ts/core/primitives` as well.
 */
// A future may need the ambient loop, which this module registers.
import './loop/base-event-loop.ts'

export type { Address, SocketAddress } from './contract/address.ts'
export type { Awaitable, AwaitableLike, Suspension } from './contract/awaitable.ts'
export type { CompiledPromise } from './contract/compiled-promise.ts'
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
export type { TaskFrame } from './contract/task-frame.ts'
export type { HandleLike, TimerHandleLike } from './contract/handle.ts'
export type { Host } from './contract/host.ts'
export type { HostActivity } from './contract/host-activity.ts'
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
export type { ChildTransport } from './contract/child-transport.ts'
export type { Devnull, Pipe, Stdio, SubprocessLoop, SubprocessOptions, ToStdout } from './contract/subprocess-loop.ts'
export type { Pem, Ssl, TlsLimits, TlsOptions } from './contract/tls-options.ts'
export type {
  BaseTransport,
  DatagramTransport,
  ExtraInfo,
  ReadTransport,
  SubprocessTransport,
  Transport,
  WriteTransport,
} from './contract/transport.ts'

export { Future } from './futures/future.ts'
export { isFuture } from './is-future.ts'
export { Task } from './tasks/task.ts'
export type { NewTaskOptions } from './tasks/task.ts'
export type { StackOptions } from './tasks/stacked-future.ts'
export { allTasks, currentTask } from './tasks/current-task.ts'
export { coroutine } from './coroutines/coroutine.ts'
export { isCoroutine } from './is-coroutine.ts'
export { isCoroutineFunction } from './is-coroutine-function.ts'

export { Context, copyContext } from './context/context.ts'
export { ContextVar } from './context/context-var.ts'
export type { Token } from './context/context-var.ts'

export { Handle } from './loop/handle.ts'
export { TimerHandle } from './loop/timer-handle.ts'
export { getEventLoop, getRunningLoop, setEventLoop } from './running-loop.ts'

export {
  CancelledError,
  InvalidStateError,
  isCancelled,
  KeyboardInterrupt,
  LookupError,
  NotImplementedError,
  rethrowIfCancelled,
  RuntimeError,
  SystemExit,
  TimeoutError,
  ValueError,
} from './errors/errors.ts'
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
} from './errors/os-error.ts'
export { ExceptionGroup, matchErrors } from './errors/exception-group.ts'
export type { ErrorCondition } from './errors/exception-group.ts'
