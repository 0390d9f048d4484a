import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'
import { transform } from '../../compiler/src/transform.ts'

/** What the bundle of a workload of ours is called when its async functions are compiled. */
export const COMPILED = 'asyncio-ts-compiled'

/** Serves `file.ts?compiled` with its async functions compiled: the third spelling is made of the second. */
export const compiledSpelling: Plugin = {
  name: 'compiled-spelling',
  setup(build) {
    build.onResolve({ filter: /\?compiled$/ }, ({ path }) => ({
      path: path.replace('?compiled', ''),
      namespace: 'compiled',
    }))
    build.onLoad({ filter: /.*/, namespace: 'compiled' }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = transform(source, { filename: path, runtime: 'asyncio-ts/compiled' })?.code ?? source
      return { contents, loader: 'ts', resolveDir: dirname(path) }
    })
  },
}
