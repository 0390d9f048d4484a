/** What goes on by itself as a part of a task: a cancel of the task has to reach it. */
export interface TaskPart {
  /** Throws a CancelledError where the part waits. */
  _deliver(message: string | undefined, options: { reason?: unknown } | undefined): void
  /** Whether a cancel of the task reaches it anyway, through what waits for it. */
  readonly _isAwaited: boolean
  /** Called when the task has ended. */
  _leaveTask(): void
}
