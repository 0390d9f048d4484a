import { plugin } from './plugin.ts'
import type { BundlerPlugin, PluginOptions } from './plugin.ts'

/**
 * Compiles the async functions of a project: the plugin for Rollup.
 *
 * @param options - Which files are compiled, and what they import.
 *
 * @example
 * import { asyncio } from '@asyncio-ts/compiler/rollup'
 *
 * export const config = { plugins: [asyncio()] }
 */
export function asyncio(options?: PluginOptions): BundlerPlugin {
  return plugin.rollup(options) as BundlerPlugin
}

export type { BundlerPlugin, PluginOptions }
