/** One function among those that a task is in the middle of. */
export interface TaskFrame {
  readonly name: string
  /** Where the function stands: at the await it is parked at. Known of compiled async functions only. */
  readonly file: string | null
  /** 1-based, as {@link column} is. */
  readonly line: number | null
  readonly column: number | null
}
