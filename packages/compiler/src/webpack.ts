import { plugin } from './plugin.ts'
import type { ApplyPlugin, PluginOptions } from './plugin.ts'

/**
 * Compiles the async functions of a project: the plugin for webpack.
 *
 * @param options - Which files are compiled, and what they import.
 *
 * @example
 * import { asyncio } from '@asyncio-ts/compiler/webpack'
 *
 * export const config = { plugins: [asyncio()] }
 */
export function asyncio(options?: PluginOptions): ApplyPlugin {
  return plugin.webpack(options) as ApplyPlugin
}

export type { ApplyPlugin, PluginOptions }
