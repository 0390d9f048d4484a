/** Those that a comma-separated list names, in the order of `all`; everything where the list is empty. */
export function choose<T>(all: readonly T[], list: string, nameOf: (thing: T) => string): readonly T[] {
  if (list === '') return all
  const names = list.split(',')
  const unknown = names.filter((name) => !all.some((thing) => nameOf(thing) === name))
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}. There are: ${all.map(nameOf).join(', ')}`)
  return all.filter((thing) => names.includes(nameOf(thing)))
}
