/** Finds a piece of text from a position on, and passes over comments. */
export function findText(code: string, text: string, from: number): number {
  for (let at = from; at < code.length; at++) {
    if (code.startsWith('//', at)) {
      const newline = code.indexOf('\n', at)
      if (newline === -1) return -1
      at = newline
    } else if (code.startsWith('/*', at)) at = code.indexOf('*/', at) + 1
    else if (code.startsWith(text, at)) return at
  }
  return -1
}

/** Where the word `async` before the key of a method begins. */
export function findAsync(code: string, from: number, key: number): number {
  let found = -1
  for (let at = findText(code, 'async', from); at !== -1 && at < key; at = findText(code, 'async', at + 5)) {
    const before = at === from ? ' ' : code[at - 1]!
    if (!/[\w$]/.test(before) && !/[\w$]/.test(code[at + 5]!)) found = at
  }
  return found
}
