const reserved = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if ' +
    'implements import in instanceof interface let new null package private protected public return static super switch this ' +
    'throw true try typeof var void while with yield await async arguments eval undefined'
  ).split(' '),
)

/** Whether a text can be the name of a variable, whatever the mode. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text) && !reserved.has(text)
}

/** Makes names that the source does not use. */
export class FreshNames {
  readonly #taken: Set<string>
  readonly #counts = new Map<string, number>()
  readonly #shared = new Map<string, string>()

  constructor(taken: ReadonlySet<string>) {
    this.#taken = new Set(taken)
  }

  /** A name that nothing else gets. */
  make(base: string): string {
    const word = base.replace(/[^\w$]+/g, '_').replace(/^(?=\d)/, '_')
    let count = this.#counts.get(word) ?? 0
    let name = count === 0 ? `${word}$` : `${word}$${count}`
    while (this.#taken.has(name)) name = `${word}$${++count}`
    this.#counts.set(word, count)
    this.#taken.add(name)
    return name
  }

  /** The same name each time it is asked for. */
  shared(base: string): string {
    const known = this.#shared.get(base)
    if (known !== undefined) return known
    const name = this.make(base)
    this.#shared.set(base, name)
    return name
  }

  /** Whether a shared name was asked for. */
  uses(base: string): boolean {
    return this.#shared.has(base)
  }
}
