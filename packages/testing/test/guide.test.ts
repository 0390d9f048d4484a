import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const exec = promisify(execFile)

interface Step {
  /** The modules of the guide as they are by then, by their names. */
  readonly files: Readonly<Record<string, string>>
  readonly output: string
}

/** The programs of the guide with what they print. A block that begins with a file name is a module of the others. */
function stepsOf(text: string): Step[] {
  let files: Record<string, string> = {}
  const steps: Step[] = []
  for (const [, code, output] of text.matchAll(/```ts\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g)) {
    files = { ...files, [/^\/\/ (\S+\.ts)\n/.exec(code!)?.[1] ?? 'main.ts']: code! }
    if (output !== undefined) steps.push({ files, output })
  }
  return steps
}

/** Runs all the programs, one after the other, in one process: to start one costs more than to run them all. */
async function outputsOf(steps: readonly Step[]): Promise<string[]> {
  // Inside the repository, where the packages are found.
  const folder = mkdtempSync(join(root, 'docs', '.run-'))
  try {
    const lines = steps.map(({ files }, index) => {
      const own = join(folder, String(index))
      mkdirSync(own)
      for (const [name, code] of Object.entries(files)) writeFileSync(join(own, name), code)
      return `await import('./${index}/main.ts')\nconsole.log('=====')`
    })
    const all = join(folder, 'all.mts')
    writeFileSync(all, lines.join('\n'))
    const args = ['--conditions=@asyncio-ts/source', '--import', 'tsx', all]
    const { stdout } = await exec(process.execPath, args, { cwd: root, timeout: 50_000 })
    return stdout.split('=====\n').slice(0, -1)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `UPDATE_GUIDE=1` writes what the programs print into the guides. */
test.each([
  ['finding-a-race', 5],
  ['write-a-primitive', 3],
])(
  'the guide %s shows what its programs print',
  async (name, count) => {
    const guide = join(root, 'docs/guides', `${name}.md`)
    const text = readFileSync(guide, 'utf8')
    const steps = stepsOf(text)
    const outputs = await outputsOf(steps)
    expect(steps).toHaveLength(count)
    if (process.env['UPDATE_GUIDE'] === undefined) expect(outputs).toEqual(steps.map(({ output }) => output))
    else {
      writeFileSync(
        guide,
        steps.reduce(
          (all, { output }, index) =>
            all.replace(`\`\`\`text\n${output}\`\`\``, () => `\`\`\`text\n${outputs[index]!}\`\`\``),
          text,
        ),
      )
    }
  },
  60_000,
)
