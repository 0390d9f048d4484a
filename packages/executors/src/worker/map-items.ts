import { isThenable } from './is-thenable.ts'

/** Calls `fn` with each item, one after the other, and returns the results; a promise of them where a call waits. */
export function mapItems(fn: (item: unknown) => unknown, items: readonly unknown[]): unknown {
  const results: unknown[] = []
  const next = (): unknown => {
    while (results.length < items.length) {
      const value = fn(items[results.length])
      if (isThenable(value)) {
        return Promise.resolve(value).then((result) => {
          results.push(result)
          return next()
        })
      }
      results.push(value)
    }
    return results
  }
  return next()
}
