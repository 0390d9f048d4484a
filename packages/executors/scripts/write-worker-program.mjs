/** Writes the program of the workers as text: `npm run worker-program -w packages/executors`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Where the text is kept: the sources import it, so that nothing has to be built before they run. */
export const target = here('../src/worker/program-text.ts')

/** Returns the module that holds the program, made of the sources of today. */
export async function programModule() {
  const { outputFiles } = await build({
    entryPoints: [here('../src/worker/main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'node20.19',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  })
  // Bun runs nothing of a text that begins with a directive.
  const text = outputFiles[0].text.trim().replace(/^"use strict";\(\(\)=>\{/, '(()=>{"use strict";')
  // One line, in the quotes that need the fewest escapes: Prettier leaves it as it is.
  const quoted = `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`
  return `/** The program of a worker, made of \`main.ts\` by \`npm run worker-program\`. Do not edit. */
export const programText =
  // prettier-ignore
  ${quoted}
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await programModule())
