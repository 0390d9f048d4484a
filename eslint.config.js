import { readdirSync, readFileSync } from 'node:fs'
import { tsImport } from 'tsx/esm/api'
import tseslint from 'typescript-eslint'

/** Our own plugin, from its source: nothing has to be built before it is used. */
const { default: asyncio } = await tsImport('./packages/eslint-plugin/src/index.ts', import.meta.url)

/** The packages that are published: the rest measures and compares, and may be looser. */
const published = readdirSync(new URL('packages', import.meta.url)).filter(
  (name) =>
    JSON.parse(readFileSync(new URL(`packages/${name}/package.json`, import.meta.url), 'utf8')).private !== true,
)

/** What the DOM types would let through, though it is missing in Node, or is never what was meant. */
const browserGlobals = ['window', 'document', 'self', 'navigator', 'location', 'name', 'event', 'status', 'length']

/** They run without being awaited, and report an error that nobody retrieves. A coroutine object does neither. */
const runByThemselves = ['Future', 'FutureLike', 'KernelFuture', 'Task', 'TaskLike', 'KernelTask']

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.turbo/**', '**/.types/**', 'docs/.run-*/**'] },
  ...tseslint.configs.recommended,
  {
    plugins: { 'asyncio-ts': asyncio },
    languageOptions: { sourceType: 'module' },
    rules: {
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-object-type': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'require-yield': 'off',
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 5],
    },
  },
  {
    files: published.map((name) => `packages/${name}/src/**/*.ts`),
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...asyncio.configs.strict.rules,
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-globals': ['error', ...browserGlobals],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { checkThenables: true, allowForKnownSafePromises: runByThemselves },
      ],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // A rule is about some kinds of syntax: `default` stands for all others.
    files: ['packages/eslint-plugin/src/**/*.ts'],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['docs/examples/**/*.ts'], rules: asyncio.configs.strict.rules },
  {
    // Tests swallow cancels, hold locks and sleep for a thousand virtual seconds on purpose.
    files: ['packages/*/test/**/*.ts', 'test/**/*.ts'],
    rules: {
      'asyncio-ts/no-await-in-generator': 'error',
      'asyncio-ts/no-floating-coroutine': 'error',
      'asyncio-ts/require-yield-star': 'error',
    },
  },
  {
    // These are tests, which users run on loops of their own.
    files: ['packages/testing/src/event-loop-suite/**'],
    rules: { 'asyncio-ts/no-milliseconds': 'off' },
  },
)
