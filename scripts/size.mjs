// The size of what a browser loads: a package and core, bundled from the built files, minified, compressed.
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'

const LIMIT_BYTES = 13 * 1024

let failed = false
for (const name of ['sync', 'queues']) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '@asyncio-ts/${name}'`, resolveDir: `packages/${name}` },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    write: false,
    logLevel: 'error',
  })
  const bytes = brotliCompressSync(outputFiles[0].contents).length
  const over = bytes > LIMIT_BYTES
  failed ||= over
  console.log(`${name} + core: ${bytes} bytes of ${LIMIT_BYTES}${over ? ', TOO LARGE' : ''}`)
}
process.exit(failed ? 1 : 0)
