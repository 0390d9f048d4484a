import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defineConfig } from 'tsup'

/** A source map without copies of the sources: they are published once, in `src`, for both module formats. */
function pointToSources(path: string): void {
  const { sourcesContent: _, ...map } = JSON.parse(readFileSync(path, 'utf8'))
  const missing = map.sources.filter((source: string) => !existsSync(join(dirname(path), source)))
  if (missing.length > 0) throw new Error(`${path} names ${missing.join(', ')}, which does not exist.`)
  writeFileSync(path, JSON.stringify(map))
}

/** Both of tsup's bundlers write the comment that names the source map. */
function nameMapOnce(path: string): void {
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(/(\n\/\/# sourceMappingURL=.*)\1/, '$1'))
}

/** Every package is built the same way: one entry, both module formats, types for both. */
export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  external: [/^node:/],
  dts: {
    // The types of `using`, for whoever compiles to an older standard.
    banner: '/// <reference lib="esnext.disposable" />',
    compilerOptions: { composite: false, incremental: false, ignoreDeprecations: '6.0', customConditions: [] },
  },
  sourcemap: true,
  clean: true,
  treeshake: true,
  plugins: [
    {
      name: 'source-maps',
      buildEnd({ writtenFiles }) {
        for (const { name } of writtenFiles) {
          if (name.endsWith('.map')) pointToSources(name)
          else nameMapOnce(name)
        }
      },
    },
  ],
})
