/** A piece of the source, with the edits in it that belong to what is between `low` and `high` in the order of the visit. */
export interface Range {
  readonly start: number
  readonly end: number
  readonly low: number
  readonly high: number
}

/** Text that stands for the source at a position. */
export interface Mapped {
  readonly text: string
  readonly at: number
  readonly name?: string
}

/** Plain text stands for nothing in the source: debuggers and coverage pass over it. */
export type Part = string | Mapped | Range

/** What replaces a piece of the source, or is inserted where the piece is empty. */
export interface Edit {
  readonly start: number
  readonly end: number
  /** Edits at one place are put in this order. */
  readonly order: number
  /** The last in the order of what it replaces. */
  readonly high: number
  readonly parts: readonly Part[]
}

/** Makes a piece of text stand for a position of the source. */
export function mapped(text: string, at: number, name?: string): Mapped {
  return name === undefined ? { text, at } : { text, at, name }
}

/** All edits of a source. */
export class Edits {
  readonly #edits: Edit[] = []

  /** Puts parts in place of a piece of the source, which is then shown only where a range asks for it. */
  replace(start: number, end: number, order: number, parts: Part | readonly Part[], high = order): void {
    const list = Array.isArray(parts) ? (parts as readonly Part[]) : [parts as Part]
    this.#edits.push({ start, end, order, high, parts: list })
  }

  insert(position: number, order: number, parts: Part | readonly Part[]): void {
    this.replace(position, position, order, parts)
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0
  }

  sorted(): readonly Edit[] {
    return this.#edits.sort((a, b) => a.start - b.start || a.order - b.order)
  }
}
