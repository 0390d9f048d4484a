import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const exec = promisify(execFile)

/** Every block of TypeScript in a README, and every example in a docstring, that imports what it uses. */
function blocksOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  const blocks = path.endsWith('.md')
    ? [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]!)
    : [...text.matchAll(/@example\n([\s\S]*?)(?:\n \*\/|\n {3}\*\/|\n *\* @)/g)].map((match) =>
        match[1]!.replace(/^ *\* ?/gm, ''),
      )
  return blocks.filter((block) => block.includes('import '))
}

const packages = readdirSync(join(root, 'packages'))
const files = [
  'README.md',
  ...packages.map((name) => `packages/${name}/README.md`),
  ...packages
    .filter((name) => !['conformance', 'benchmarks'].includes(name))
    .flatMap((name) =>
      readdirSync(join(root, 'packages', name, 'src'), { encoding: 'utf8', recursive: true })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `packages/${name}/src/${file}`),
    ),
]
const programs = files.flatMap((path) =>
  blocksOf(path).map((block, index) => [`${path} #${index + 1}`, block] as const),
)

describe('the examples of READMEs and docstrings', () => {
  it('are found', () => {
    expect(programs.length).toBeGreaterThan(25)
  })

  it('run, all of them', async () => {
    // Inside the repository, where the packages are found.
    const folder = mkdtempSync(join(root, 'docs', '.run-'))
    const paths = programs.map(([, block], index) => {
      const path = join(folder, `${index}.mts`)
      writeFileSync(path, block)
      return path
    })
    const runner = join(folder, 'all.mts')
    const imports = paths.map(
      (path, index) =>
        `await import(${JSON.stringify(path)}).catch((error) => console.log('FAILED', error))\n` +
        `console.log(${JSON.stringify(`ran ${programs[index]![0]}`)})`,
    )
    writeFileSync(runner, imports.join('\n'))
    try {
      const args = ['--conditions=@asyncio-ts/source', '--import', 'tsx', runner]
      // A program that never ends makes Node exit with an error: what ran before it tells which it was.
      const { stdout } = await exec(process.execPath, args, { cwd: root, timeout: 50_000 }).catch(
        (error: { stdout: string }) => error,
      )
      expect(programs.map(([name]) => name).filter((name) => !stdout.includes(`ran ${name}`))).toEqual([])
      expect(stdout).not.toContain('FAILED')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
