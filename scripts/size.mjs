// The size of what a browser loads: a package and core, bundled from the built files, minified, compressed.
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'

/** What is wished for. The kernel alone is above it. */
const GOAL_BYTES = 8 * 1024
/** What fails: a bundle may not grow beyond this while it is above its goal. */
const LIMIT_BYTES = 13 * 1024

const row = (...cells) =>
  console.log(cells.map((cell, index) => String(cell)[index ? 'padStart' : 'padEnd'](14)).join(''))

row('bundle', 'minified', 'compressed', 'goal', 'limit')
let failed = false
for (const name of ['sync', 'queues']) {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from '@asyncio-ts/${name}'`,
      resolveDir: fileURLToPath(new URL(`../packages/${name}`, import.meta.url)),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    write: false,
    logLevel: 'error',
  })
  const { contents } = outputFiles[0]
  const bytes = brotliCompressSync(contents).length
  row(`${name} + core`, contents.length, bytes, GOAL_BYTES, LIMIT_BYTES)
  if (bytes > GOAL_BYTES) console.log(`  above its goal by ${bytes - GOAL_BYTES} bytes`)
  if (bytes > LIMIT_BYTES) console.error(`  above its limit by ${bytes - LIMIT_BYTES} bytes`)
  failed ||= bytes > LIMIT_BYTES
}
process.exit(failed ? 1 : 0)
