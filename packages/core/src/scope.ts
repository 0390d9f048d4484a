/**
 * Carries the user's AsyncLocalStorage stores into tasks.
 *
 * A task that was made where no store is set keeps nothing and its steps cost nothing: this is decided once, when it
 * is made, by looking at what the host attached to a fresh AsyncResource.
 */
import { asyncHooks } from './async-hooks.ts'
import type { Scope } from './contract/kernel.ts'
import { runtime } from './runtime.ts'

const IDENTITY = new Set(['async_id_symbol', 'trigger_async_id_symbol', 'destroyed'])

/** Where Node keeps all the stores of a resource in one map (Node 24 and later), the key of that map. */
let frameKey: symbol | undefined

const hooks = asyncHooks()
const rootScope: Scope | null = hooks === null ? null : new hooks.AsyncResource('AsyncioLoop')

/** Calls `fn` in the asynchronous context in which core was loaded: what the loop registers belongs to no caller. */
export function runInRootScope<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
  return rootScope === null ? fn(...args) : rootScope.runInAsyncScope(fn, undefined, ...args)
}

/** Saves the caller's stores, or returns `null` when it has none. */
export function captureScope(): Scope | null {
  if (hooks === null) return null
  const resource = new hooks.AsyncResource('AsyncioTask')
  const values = resource as unknown as Record<symbol, unknown>
  if (frameKey !== undefined) return hasStores(values[frameKey]) ? withoutFlow(resource) : null
  const keys = Object.getOwnPropertySymbols(resource)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const value = values[key]
    if (key.description === 'context_frame') {
      frameKey = key
      return hasStores(value) ? withoutFlow(resource) : null
    }
    if (value !== undefined && !IDENTITY.has(key.description!) && value !== runtime.flows?.getStore()) {
      return withoutFlow(resource)
    }
  }
  return null
}

function hasStores(frame: unknown): boolean {
  if (frame === undefined) return false
  if (!(frame instanceof Map)) return true
  return frame.size > (frame.has(runtime.flows) ? 1 : 0)
}

/** The task that creates another is not the task that the new one's async functions belong to. */
function withoutFlow(resource: Scope): Scope {
  if (runtime.flows === null || runtime.flows.getStore() === undefined) return resource
  return runtime.flows.run(undefined, () => new hooks!.AsyncResource('AsyncioTask'))
}
