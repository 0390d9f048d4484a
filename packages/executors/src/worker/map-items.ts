/** Calls `fn` with each item, one after the other, and returns the results; a promise of them where a call waits. */
export function mapItems(fn: (item: unknown) => unknown, items: readonly unknown[]): unknown {
  const results: unknown[] = []
  const goOn = (): unknown => {
    while (results.length < items.length) {
      const value = fn(items[results.length])
      const { then } = (value ?? {}) as Partial<PromiseLike<unknown>>
      if (typeof then === 'function') {
        return Promise.resolve(value).then((result) => {
          results.push(result)
          return goOn()
        })
      }
      results.push(value)
    }
    return results
  }
  return goOn()
}
