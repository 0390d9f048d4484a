/** Counts what linting our own packages costs, with these rules and with typescript-eslint's recommended ones. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import type { Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import plugin from '../src/index.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const typed: Linter.Config = {
  files: ['**/*.ts'],
  languageOptions: {
    parser: tseslint.parser as Linter.Parser,
    parserOptions: { projectService: true, tsconfigRootDir: root },
  },
}
const configs: Record<string, Linter.Config[]> = {
  'no rules': [typed],
  'asyncio-ts strict': [typed, { files: ['**/*.ts'], ...plugin.configs.strict }],
  'typescript-eslint recommendedTypeChecked': [...(tseslint.configs.recommendedTypeChecked as Linter.Config[]), typed],
}
const folders = ['core', 'tasks', 'sync', 'queues', 'streams', 'executors', 'subprocess']

async function measure(name: string): Promise<void> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: configs[name]!,
    allowInlineConfig: false,
  })
  const results = await eslint.lintFiles(folders.map((folder) => `packages/${folder}/src/**/*.ts`))
  const { user, system } = process.cpuUsage()
  const lines = results.reduce((sum, { filePath }) => sum + readFileSync(filePath, 'utf8').split('\n').length, 0)
  console.log(`${name}: ${((user + system) / 1e6).toFixed(1)} s of processor time for ${lines} lines`)
}

const [chosen] = process.argv.slice(2)
if (chosen !== undefined) await measure(chosen)
else {
  for (const name of Object.keys(configs)) {
    const args = ['--conditions=@asyncio-ts/source', '--import', 'tsx', fileURLToPath(import.meta.url), name]
    spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  }
}
