import { relative } from 'node:path'
import { createUnplugin } from 'unplugin'
import { accepts, isSource } from './file-filter.ts'
import type { Pattern } from './file-filter.ts'
import { runtimeFor } from './runtime-for.ts'
import { transform } from './transform.ts'

/** What the plugins can be told. */
export interface PluginOptions {
  /** Only files that match are compiled; by default all sources that are not excluded. */
  include?: Pattern | readonly Pattern[]
  /** Files that match stay as they are; by default everything in `node_modules`. */
  exclude?: Pattern | readonly Pattern[]
  /** The module that compiled code imports; by default what the file, or else the project, can import. */
  runtime?: string
  /** The folder of the project; by default the working directory. */
  root?: string
}

/** What a plugin for Vite or Rollup is, as far as a configuration needs to know. */
export interface BundlerPlugin {
  readonly name: string
}

/** What a plugin for esbuild or Bun is. */
export interface SetupPlugin {
  readonly name: string
  setup(build: unknown): void
}

/** What a plugin for webpack or Rspack is. */
export interface ApplyPlugin {
  apply(compiler: unknown): void
}

const sources = /\.(?:[cm]?[jt]s|[jt]sx)(?:\?.*)?$/

/** The plugin behind those of all build tools. It sees what the user wrote, before any other step. */
export const plugin = createUnplugin((options: PluginOptions | undefined = {}) => ({
  name: 'asyncio-ts',
  enforce: 'pre' as const,
  transform: {
    filter: { id: sources },
    handler(code: string, id: string) {
      const [path = id] = id.split('?')
      if (id.startsWith('\0') || !isSource(path) || !accepts(id, options)) return null
      const root = options.root ?? process.cwd()
      return transform(code, {
        ...options,
        filename: path,
        displayName: relative(root, path).replaceAll('\\', '/'),
        runtime: options.runtime ?? runtimeFor(path, root),
      })
    },
  },
}))
