/** Rewrites a case from `yield*` to `await`: the second spelling is made, not written, so that it cannot drift. */
export function asyncSpelling(source: string): string {
  return source
    .replaceAll('async function*', 'async function')
    .replace(/function\*/g, 'async function')
    .replace(/yield\* /g, 'await ')
    .replace(/: Coroutine<[^{]*> \{/g, ' {')
}

/** Serves `case.ts?async` in the async spelling. */
export function asyncSpellingPlugin() {
  return {
    name: 'async-spelling',
    enforce: 'pre' as const,
    transform(code: string, id: string): string | undefined {
      return id.endsWith('case.ts?async') ? asyncSpelling(code) : undefined
    },
  }
}
