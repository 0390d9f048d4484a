import { parse as parseWithBabel } from '@babel/parser'
import type { ParseResult, ParserOptions, ParserPlugin } from '@babel/parser'
import type { File } from '@babel/types'

/** What the source is written in. */
export type Language = 'js' | 'jsx' | 'ts' | 'tsx'

const byExtension: Readonly<Record<string, Language>> = {
  js: 'jsx',
  mjs: 'jsx',
  cjs: 'jsx',
  jsx: 'jsx',
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
}

/** The language of a file, from its name; null where the name does not tell. */
export function languageOf(filename: string): Language | null {
  const extension = /\.(\w+)$/.exec(filename.replace(/[?#].*$/, ''))?.[1]
  return extension === undefined ? null : (byExtension[extension] ?? null)
}

const plugins: Readonly<Record<Language, ParserPlugin[]>> = {
  js: [],
  jsx: ['jsx'],
  ts: ['typescript'],
  tsx: ['typescript', 'jsx'],
}

/** Both kinds of decorators: those of the language, and the older ones of TypeScript, which parameters may have. */
const decorators: readonly ParserPlugin[][] = [
  [['decorators', { allowCallParenthesized: true }], 'decoratorAutoAccessors'],
  ['decorators-legacy', 'decoratorAutoAccessors'],
]

const options: ParserOptions = {
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowUndeclaredExports: true,
  attachComment: false,
  createParenthesizedExpressions: true,
}

/**
 * Parses a source.
 *
 * @throws SyntaxError if it is no JavaScript or TypeScript.
 */
export function parse(
  code: string,
  filename: string,
  sourceType: 'module' | 'script' | 'unambiguous',
): ParseResult<File> {
  const language = languageOf(filename)
  const languages: Language[] = language === null ? ['tsx', 'ts', 'jsx'] : [language]
  let failure: unknown = null
  for (const each of languages) {
    for (const kind of code.includes('@') ? decorators : [[]]) {
      const attempt = {
        ...options,
        sourceType,
        plugins: [...plugins[each], ...kind, 'explicitResourceManagement' as const],
      }
      try {
        return parseWithBabel(code, attempt)
      } catch (error) {
        failure ??= error
      }
    }
  }
  throw failure
}
