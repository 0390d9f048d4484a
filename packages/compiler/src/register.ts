/**
 * Compiles the async functions of a program while Node.js loads it: `node --import @asyncio-ts/compiler/register main.js`.
 *
 * @module
 */
import * as nodeModule from 'node:module'
import { pathToFileURL } from 'node:url'
import { hookRequire } from './hook-require.ts'
import { hookInThread } from './hook-in-thread.ts'

process.setSourceMapsEnabled(true)
const { registerHooks } = nodeModule as { registerHooks?: unknown }
hookRequire()
if (typeof registerHooks === 'function') hookInThread()
else {
  nodeModule.register('./async-hooks.js', typeof __filename === 'string' ? pathToFileURL(__filename) : import.meta.url)
}
