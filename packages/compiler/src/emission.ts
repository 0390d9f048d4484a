import type { Edits } from './edits.ts'
import type { FreshNames } from './fresh-names.ts'
import type { Lines } from './render.ts'
import type { Scope } from './scope.ts'

/** A function in the table of a module: its name, line and column (from 1), and those of its waits. */
export type Site = [name: string, line: number, column: number, waits: number[]]

/** What the parts of the emission share. */
export interface Emission {
  readonly code: string
  readonly edits: Edits
  readonly names: FreshNames
  readonly lines: Lines
  readonly sites: Site[]
  /** The variables of the module that hold the sites. */
  readonly siteNames: string[]
  /** Variables of the module for generators. */
  readonly moduleVariables: string[]
  /** Scopes that got variables. */
  readonly extended: Set<Scope>
}

export function positionOf({ lines }: Emission, offset: number): [line: number, column: number] {
  const line = lines.lineOf(offset)
  return [line + 1, offset - lines.startOf(line) + 1]
}
