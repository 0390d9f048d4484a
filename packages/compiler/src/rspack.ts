import { plugin } from './plugin.ts'
import type { ApplyPlugin, PluginOptions } from './plugin.ts'

/**
 * Compiles the async functions of a project: the plugin for Rspack.
 *
 * @param options - Which files are compiled, and what they import.
 *
 * @example
 * import { asyncio } from '@asyncio-ts/compiler/rspack'
 *
 * export const config = { plugins: [asyncio()] }
 */
export function asyncio(options?: PluginOptions): ApplyPlugin {
  return plugin.rspack(options) as ApplyPlugin
}

export type { ApplyPlugin, PluginOptions }
