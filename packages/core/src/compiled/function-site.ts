/** What a compiled function is called, and where it and its awaits stand in the source that the user wrote. */
export interface FunctionSite {
  readonly name: string
  readonly file: string
  /** 1-based, as {@link column} is. */
  readonly line: number
  readonly column: number
  /** The line and the column of each await, one after the other: those of await `k` are at `2 * k`. */
  readonly sites: readonly number[]
}
