import { defineConfig } from 'tsup'
import base from '../../tsup.base.ts'

/** What a browser gets: a loop without the parts that need Node's modules. */
const forBrowsers = {
  name: 'without the parts that need Node',
  setup(build: { onResolve(options: { filter: RegExp }, callback: (args: Resolved) => { path: string }): void }) {
    build.onResolve({ filter: /\/parts\.ts$/ }, ({ path, resolveDir }) => ({
      path: `${resolveDir}/${path.replace(/parts\.ts$/, 'parts.browser.ts')}`,
    }))
  },
}

interface Resolved {
  readonly path: string
  readonly resolveDir: string
}

export default defineConfig([
  { ...base },
  { ...base, entry: { browser: 'src/index.ts' }, dts: false, clean: false, esbuildPlugins: [forBrowsers] },
])
