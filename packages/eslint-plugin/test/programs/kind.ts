/** A program with a mistake, and the same program without. */
export interface Twins {
  readonly wrong: string
  readonly right: string
  /** Set where the mistake cannot be seen in the text of the file alone. */
  readonly needsTypes?: true
}

/** A kind of mistake. */
export interface Kind {
  readonly name: string
  readonly rule: string
  readonly programs: readonly Twins[]
}
