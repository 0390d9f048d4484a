import * as nodeModule from 'node:module'
import { compileSource, isCompiled, pathOf } from './load-source.ts'

interface Loaded {
  format: string | null | undefined
  source?: string | ArrayBuffer | NodeJS.TypedArray | null | undefined
}

interface Hooks {
  load(url: string, context: object, nextLoad: (url: string, context: object) => Loaded): Loaded
}

/** Compiles modules of both kinds by a hook that runs in the thread of the program. */
export function hookInThread(): void {
  // The types of the oldest supported Node.js do not have it yet.
  const { registerHooks } = nodeModule as unknown as { registerHooks(hooks: Hooks): void }
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      const path = pathOf(url)
      if (path === null || !isCompiled(path) || loaded.source === null || loaded.source === undefined) return loaded
      const format = loaded.format?.replace('-typescript', '')
      if (format !== 'module' && format !== 'commonjs') return loaded
      const source =
        typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as ArrayBuffer).toString()
      return { ...loaded, source: compileSource(source, path, format) }
    },
  })
}
