import type { Endpoint } from '../names/resolve-host.ts'

/**
 * Orders addresses so that their families alternate.
 *
 * @param firstCount - how many of the first family come before that
 */
export function interleave(endpoints: readonly Endpoint[], firstCount: number): Endpoint[] {
  const families = new Map<number, Endpoint[]>()
  for (const endpoint of endpoints) {
    const family = families.get(endpoint.family)
    if (family === undefined) families.set(endpoint.family, [endpoint])
    else family.push(endpoint)
  }
  const [first, ...others] = [...families.values()]
  const ordered = first === undefined ? [] : first.splice(0, Math.max(firstCount - 1, 0))
  const lists = first === undefined ? others : [first, ...others]
  const longest = Math.max(0, ...lists.map((list) => list.length))
  for (let index = 0; index < longest; index++) {
    for (const list of lists) if (index < list.length) ordered.push(list[index]!)
  }
  return ordered
}
