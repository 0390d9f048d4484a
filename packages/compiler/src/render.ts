import type { Edit, Edits, Range } from './edits.ts'
import { Mappings } from './mappings.ts'

/** Where lines begin. */
export class Lines {
  readonly #starts: number[] = [0]

  constructor(code: string) {
    for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** The line (from 0) of an offset. */
  lineOf(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  startOf(line: number): number {
    return this.#starts[line]!
  }
}

const SPACE = 0
const WORD = 1
const OTHER = 2

function kindOf(code: number): number {
  if (code <= 32) return SPACE
  if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)) return WORD
  return code === 95 || code === 36 || code > 127 ? WORD : OTHER
}

/** Writes the edited source, and remembers where each token came from. */
export class Renderer {
  readonly mappings = new Mappings()
  readonly names: string[] = []
  readonly #nameIndices = new Map<string, number>()
  readonly #edits: readonly Edit[]
  readonly #chunks: string[] = []
  #column = 0

  constructor(
    private readonly code: string,
    edits: Edits,
    private readonly lines: Lines,
  ) {
    this.#edits = edits.sorted()
  }

  render(): string {
    this.#range({ start: 0, end: this.code.length, low: -1, high: Number.POSITIVE_INFINITY })
    return this.#chunks.join('')
  }

  #firstAt(position: number): number {
    let low = 0
    let high = this.#edits.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#edits[middle]!.start < position) low = middle + 1
      else high = middle
    }
    return low
  }

  #range({ start, end, low, high }: Range): void {
    let position = start
    let covered = -1
    for (let index = this.#firstAt(start); index < this.#edits.length; index++) {
      const edit = this.#edits[index]!
      if (edit.start > end) break
      if (edit.order <= low || edit.order >= high || edit.end > end) continue
      if (edit.start < position || (edit.start === position && edit.order < covered)) continue
      this.#source(position, edit.start)
      this.#apply(edit)
      if (edit.end > edit.start) covered = edit.high
      else if (edit.start > position) covered = -1
      position = edit.end
    }
    this.#source(position, end)
  }

  #apply(edit: Edit): void {
    for (const part of edit.parts) {
      if (typeof part === 'string') this.#text(part)
      else if ('text' in part) this.#text(part.text, part.at, part.name)
      else this.#range(part)
    }
  }

  #text(text: string, at?: number, name?: string): void {
    if (text === '') return
    if (at === undefined) this.#gaps(text)
    else {
      const line = this.lines.lineOf(at)
      const column = at - this.lines.startOf(line)
      this.mappings.add(this.#column, line, column, name === undefined ? -1 : this.#nameIndex(name))
    }
    this.#chunks.push(text)
    const newline = text.lastIndexOf('\n')
    if (newline === -1) {
      this.#column += text.length
      return
    }
    for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
      this.mappings.newLine()
    }
    this.#column = text.length - newline - 1
  }

  /** Each word of the text stands for nothing: some tools take the next word that stands for something otherwise. */
  #gaps(text: string): void {
    let isAfterSpace = true
    for (let index = 0; index < text.length; index++) {
      const isSpace = text.charCodeAt(index) === 32
      if (index === 0 || (isAfterSpace && !isSpace)) this.mappings.addGap(this.#column + index)
      isAfterSpace = isSpace
    }
  }

  #nameIndex(name: string): number {
    const known = this.#nameIndices.get(name)
    if (known !== undefined) return known
    this.#nameIndices.set(name, this.names.length)
    return this.names.push(name) - 1
  }

  #source(start: number, end: number): void {
    if (start >= end) return
    const { code } = this
    this.#chunks.push(code.slice(start, end))
    let line = this.lines.lineOf(start)
    let lineStart = this.lines.startOf(line)
    const offset = this.#column - start
    let shift = offset
    let previous = SPACE
    for (let at = start; at < end; at++) {
      const char = code.charCodeAt(at)
      if (char === 10) {
        if (at === start) this.mappings.add(at + shift, line, at - lineStart)
        this.mappings.newLine()
        line++
        lineStart = at + 1
        shift = -lineStart
        previous = SPACE
        continue
      }
      const kind = kindOf(char)
      if (at === start || (kind !== SPACE && (kind === OTHER || kind !== previous))) {
        this.mappings.add(at + shift, line, at - lineStart)
      }
      previous = kind
    }
    this.#column = end + shift
  }
}
