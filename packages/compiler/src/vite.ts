import { plugin } from './plugin.ts'
import type { BundlerPlugin, PluginOptions } from './plugin.ts'

/**
 * Compiles the async functions of a project: the plugin for Vite and vitest.
 *
 * @param options - Which files are compiled, and what they import.
 *
 * @example
 * import { asyncio } from '@asyncio-ts/compiler/vite'
 *
 * export const config = { plugins: [asyncio()] }
 */
export function asyncio(options?: PluginOptions): BundlerPlugin {
  return plugin.vite(options) as BundlerPlugin
}

export type { BundlerPlugin, PluginOptions }
