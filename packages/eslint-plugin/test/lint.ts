import { fileURLToPath } from 'node:url'
import { Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { vi } from 'vitest'
import plugin from '../src/index.ts'

// The first program with types waits until TypeScript has read the library.
vi.setConfig({ testTimeout: 120_000 })

const folder = fileURLToPath(new URL('fixtures', import.meta.url))

/** Where programs are said to be: a file of a project of TypeScript's. */
export const fileName = `${folder}/file.ts`

export interface LintOptions {
  /** With TypeScript's types, or by the text of the file alone. */
  readonly types?: boolean
  readonly config?: 'recommended' | 'strict'
  readonly settings?: Record<string, unknown>
}

/** Returns what the plugin reports of a program: the name of the rule and the line, as in `no-milliseconds:3`. */
export function lint(code: string, options: LintOptions = {}): string[] {
  const { types = false, config = 'strict', settings = {} } = options
  const messages = new Linter({ cwd: folder }).verify(
    code,
    [
      {
        files: ['**/*.ts'],
        languageOptions: {
          parser: tseslint.parser as Linter.Parser,
          parserOptions: types ? { projectService: true, tsconfigRootDir: folder } : {},
        },
        settings,
      },
      { files: ['**/*.ts'], ...plugin.configs[config] },
    ],
    fileName,
  )
  return messages.map(({ ruleId, line, message }) => `${ruleId?.replace('asyncio-ts/', '') ?? message}:${line}`)
}
