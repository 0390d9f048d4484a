import { defineConfig } from 'tsup'
import base from '../../tsup.base.ts'

const entries = ['index', 'vite', 'rollup', 'esbuild', 'webpack', 'rspack', 'bun', 'register', 'async-hooks']

/** The entries share their modules. `async-hooks` is loaded by `register`, in a thread of its own. */
export default defineConfig({
  ...base,
  entry: entries.map((name) => `src/${name}.ts`),
  splitting: true,
  platform: 'node',
  // Node.js runs the CommonJS build too: this is not where it needs the URL.
  esbuildOptions: (options) => {
    options.logOverride = { 'empty-import-meta': 'silent' }
  },
})
