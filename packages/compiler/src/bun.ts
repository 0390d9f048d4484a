import { plugin } from './plugin.ts'
import type { SetupPlugin, PluginOptions } from './plugin.ts'

/**
 * Compiles the async functions of a project: the plugin for `Bun.build` and for `Bun.plugin`. It works in Bun only.
 *
 * @param options - Which files are compiled, and what they import.
 */
export function asyncio(options?: PluginOptions): SetupPlugin {
  return plugin.bun(options) as SetupPlugin
}

export type { SetupPlugin, PluginOptions }
