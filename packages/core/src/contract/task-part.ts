/** What goes on by itself as a part of a task: a cancel of the task has to reach it. */
export interface TaskPart {
  /**
   * Throws a CancelledError where the part waits, unless that is at another part of the task: that is told by itself.
   */
  _deliver(message: string | undefined, options: { reason?: unknown } | undefined): void
  /** The same for what waits for the part alone: what that waits for is told in turn. */
  _deliverThrough(message: string | undefined, options: { reason?: unknown } | undefined): void
  /** Called when the task has ended. */
  _leaveTask(): void
}
