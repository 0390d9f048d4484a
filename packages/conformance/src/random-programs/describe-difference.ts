import type { Difference } from './compare.ts'

/** How many lines are shown before the first that differs. */
const BEFORE = 12
const AFTER = 4

/** The program, and where its traces part. */
export function describeDifference({ seed, program, expected, actual }: Difference): string {
  const python = expected.split('\n')
  const ours = actual.split('\n')
  let first = 0
  while (first < python.length && python[first] === ours[first]) first++
  const same = python.slice(Math.max(0, first - BEFORE), first).map((line) => `    ${line}`)
  const rest = (name: string, lines: string[]): string[] =>
    lines.slice(first, first + AFTER).map((line) => `${name} ${line}`)
  return [
    `\nSeed ${seed} differs in line ${first + 1}. The smallest program that does:`,
    JSON.stringify({ ...program, defs: undefined }),
    ...program.defs.map((body, index) => `  ${index}: ${JSON.stringify(body)}`),
    ...same,
    ...rest(' py', python),
    ...rest(' ts', ours),
  ].join('\n')
}
