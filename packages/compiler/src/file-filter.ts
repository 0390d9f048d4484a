/** Part of a path, or an expression that a path has to match. */
export type Pattern = string | RegExp

export interface FileFilter {
  include?: Pattern | readonly Pattern[]
  exclude?: Pattern | readonly Pattern[]
}

const sources = /\.(?:[cm]?[jt]s|[jt]sx)(?:[?#].*)?$/
const elsewhere = /[\\/]node_modules[\\/]/

function matches(path: string, patterns: Pattern | readonly Pattern[]): boolean {
  const list = typeof patterns === 'string' || patterns instanceof RegExp ? [patterns] : patterns
  return list.some((pattern) => (typeof pattern === 'string' ? path.includes(pattern) : new RegExp(pattern).test(path)))
}

/** Whether a file is to be compiled. */
export function accepts(filename: string, { include, exclude }: FileFilter): boolean {
  const path = filename.replaceAll('\\', '/')
  if (include !== undefined && !matches(path, include)) return false
  return !matches(path, exclude ?? elsewhere)
}

/** Whether a file has the name of a JavaScript or TypeScript source. */
export function isSource(filename: string): boolean {
  return sources.test(filename) && !/\.d\.[cm]?ts$/.test(filename)
}
