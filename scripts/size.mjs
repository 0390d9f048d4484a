// The size of what a browser loads, bundled from the built files, minified, compressed.
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'

const KIB = 1024

/** A bundle may not grow beyond its limit; with a goal, it is meant to shrink below that. */
const bundles = [
  { name: 'sync + core', from: 'sync', code: "export * from '@asyncio-ts/sync'", goal: 8 * KIB, limit: 17 * KIB },
  { name: 'queues + core', from: 'queues', code: "export * from '@asyncio-ts/queues'", goal: 8 * KIB, limit: 17 * KIB },
  { name: '{ run }', from: 'loop', code: "export { run } from '@asyncio-ts/loop'", goal: 16 * KIB, limit: 18 * KIB },
  { name: 'tasks', from: 'tasks', code: "export * from '@asyncio-ts/tasks'", goal: 13 * KIB, limit: 20 * KIB },
]

const row = (...cells) =>
  console.log(cells.map((cell, index) => String(cell)[index ? 'padStart' : 'padEnd'](14)).join(''))

row('bundle', 'minified', 'compressed', 'goal', 'limit')
let failed = false
for (const { name, from, code, goal, limit } of bundles) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL(`../packages/${from}`, import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  })
  const { contents } = outputFiles[0]
  const bytes = brotliCompressSync(contents).length
  row(name, contents.length, bytes, goal ?? '', limit)
  if (bytes > goal) console.log(`  above its goal by ${bytes - goal} bytes`)
  if (bytes > limit) console.error(`  above its limit by ${bytes - limit} bytes`)
  failed ||= bytes > limit
}
process.exit(failed ? 1 : 0)
