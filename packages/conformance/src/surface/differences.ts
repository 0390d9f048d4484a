import { existsSync, readdirSync, readFileSync } from 'node:fs'

const CASES = new URL('../../cases/', import.meta.url)

/** A case in which asyncio-ts does something else than CPython, on purpose. */
export interface Difference {
  readonly id: string
  readonly difference: string
}

/** The cases with a `trace.difference.txt`, whose first line says what differs. */
export function readDifferences(): Difference[] {
  const ids = readdirSync(CASES).flatMap((module) =>
    readdirSync(new URL(`${module}/`, CASES)).map((name) => `${module}/${name}`),
  )
  return ids.flatMap((id) => {
    const file = new URL(`${id}/trace.difference.txt`, CASES)
    if (!existsSync(file)) return []
    return [{ id, difference: readFileSync(file, 'utf8').split('\n')[0]!.replace(/^# /, '') }]
  })
}
