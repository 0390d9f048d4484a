/** Makes an array of `n` things. A loop, because `Array.from` with a callback would show up in the numbers. */
export function times<T>(n: number, make: (i: number) => T): T[] {
  const made: T[] = []
  for (let i = 0; i < n; i++) made.push(make(i))
  return made
}

/** Adds up what the parts of a workload counted. */
export function sum(counts: readonly number[]): number {
  let total = 0
  for (const count of counts) total += count
  return total
}
