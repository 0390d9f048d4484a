import type { CoroutineObject } from './coroutine.ts'
import type { FutureLike } from './future.ts'
import type { SubprocessTransport } from './transport.ts'

/** The transport of a child process, as the loop of this project makes it: what `Process` asks for besides. */
export interface ChildTransport extends SubprocessTransport {
  /** Waits for the exit, whatever the pipes do, and returns the return code. */
  wait(): CoroutineObject<number>

  /** Returns a future of the return code, to be called back by. */
  whenExited(): FutureLike<number>

  /**
   * Sends a signal to everybody in the child's process group.
   *
   * @throws ProcessLookupError when nobody of the group is left
   */
  sendSignalToGroup(signal: string | number): void
}
