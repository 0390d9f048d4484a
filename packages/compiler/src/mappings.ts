const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const codes = Uint8Array.from(digits, (digit) => digit.charCodeAt(0))
const COMMA = 44
const SEMICOLON = 59

/** Writes the mappings of a source map with one source, as they come: there is one for each token of a large file. */
export class Mappings {
  #bytes = new Uint8Array(1024)
  #length = 0
  #isLineStart = true
  #column = 0
  #line = 0
  #sourceColumn = 0
  #name = 0

  newLine(): void {
    this.#reserve()
    this.#bytes[this.#length++] = SEMICOLON
    this.#isLineStart = true
    this.#column = 0
  }

  /** Maps a column of the current line to a line and column of the source; all count from 0. */
  add(column: number, line: number, sourceColumn: number, name = -1): void {
    this.#reserve()
    if (!this.#isLineStart) this.#bytes[this.#length++] = COMMA
    this.#isLineStart = false
    this.#number(column - this.#column)
    this.#number(0)
    this.#number(line - this.#line)
    this.#number(sourceColumn - this.#sourceColumn)
    this.#column = column
    this.#line = line
    this.#sourceColumn = sourceColumn
    if (name === -1) return
    this.#number(name - this.#name)
    this.#name = name
  }

  /** Says that what follows stands for nothing in the source. */
  addGap(column: number): void {
    this.#reserve()
    if (!this.#isLineStart) this.#bytes[this.#length++] = COMMA
    this.#isLineStart = false
    this.#number(column - this.#column)
    this.#column = column
  }

  toString(): string {
    return new TextDecoder().decode(this.#bytes.subarray(0, this.#length))
  }

  /** Makes room for one mapping at least. */
  #reserve(): void {
    if (this.#length + 40 < this.#bytes.length) return
    const larger = new Uint8Array(this.#bytes.length * 2)
    larger.set(this.#bytes)
    this.#bytes = larger
  }

  #number(value: number): void {
    let rest = value < 0 ? (-value << 1) | 1 : value << 1
    do {
      const digit = rest & 31
      rest >>>= 5
      this.#bytes[this.#length++] = codes[rest > 0 ? digit | 32 : digit]!
    } while (rest > 0)
  }
}
