import { plugin } from './plugin.ts'
import type { SetupPlugin, PluginOptions } from './plugin.ts'

/**
 * Compiles the async functions of a project: the plugin for Bun.
 *
 * @param options - Which files are compiled, and what they import.
 *
 * @example
 * import { asyncio } from '@asyncio-ts/compiler/bun'
 *
 * export const config = { plugins: [asyncio()] }
 */
export function asyncio(options?: PluginOptions): SetupPlugin {
  return plugin.bun(options) as SetupPlugin
}

export type { SetupPlugin, PluginOptions }
