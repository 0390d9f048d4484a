/**
 * What authors of primitives and of event loops build on: waits that can be cancelled, coroutines that need not wait,
 * timers, the base of event loops, and the kernel's contract.
 */
export type { CancelTarget, Rebindable } from './contract/cancel-target.ts'
export type {
  CancelListener,
  KernelFuture,
  KernelLoop,
  KernelTask,
  KernelTimer,
  ReadyItems,
  Runnable,
} from './contract/kernel.ts'

export { InertCoroutine } from './coroutines/inert-coroutine.ts'
export { beginBody, runBody } from './coroutines/run-body.ts'
export type { Body } from './coroutines/run-body.ts'
export { isGeneratorFunction, isPromiseLike } from './is-coroutine.ts'
export { isCompiledCall } from './is-compiled-call.ts'
export { coroutineName } from './coroutine-name.ts'

export { cancelTarget, leaveScope } from './tasks/cancel-target.ts'
export { WaitingFuture } from './primitives/waiting-future.ts'
export { Waiter, WaiterQueue } from './primitives/waiter-queue.ts'
export { checkLimits, limitWait, refuseAborted, waitWithin } from './primitives/wait-within.ts'
export type { WaitLimits } from './primitives/wait-within.ts'
export { Inspectable } from './primitives/inspectable.ts'
export { TimerFuture } from './primitives/timer-future.ts'
export { wake } from './primitives/wake.ts'
export { WakeTimer } from './primitives/wake-timer.ts'

export { BaseEventLoop } from './loop/base-event-loop.ts'
export type { BaseEventLoopOptions } from './loop/base-event-loop.ts'
export { ListeningServer } from './servers/listening-server.ts'
export type { Listening } from './servers/listening-server.ts'
export type { Connections, ServedConnection } from './servers/connections.ts'
export { LoopTimer } from './loop/loop-timer.ts'
export { runningLoop, setRunningLoop } from './running-loop.ts'
export { lettingMicrotasksRun } from './runtime.ts'
export { newDefaultExecutor, provideDefaultExecutor } from './default-executor.ts'
export { defaultHost } from './host/host.ts'
export { hostModule } from './host/host-module.ts'
export { bindStores, runInRootScope } from './host/user-stores.ts'

export { isLeftover } from './tasks/leftover.ts'
export { isInterruption } from './errors/errors.ts'
export { cancelBehind, isAbortByCancel } from './errors/is-abort-by-cancel.ts'
export { noteThrown, surfaceCancel } from './host/unhandled-rejections.ts'
export { osErrorOf } from './errors/os-error-of.ts'
export { warnOnce } from './host/warn-once.ts'
export { makeTaskController } from './tasks/task-signal.ts'
export { DEVNULL, PIPE, STDOUT } from './standard-streams.ts'
export { originOf } from './origins.ts'
export { ownOptions, splitOptions } from './own-options.ts'
export { reprOf } from './repr.ts'
