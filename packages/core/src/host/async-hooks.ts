import type { Scope } from '../contract/kernel.ts'

interface Storage<T> {
  run<A extends unknown[], R>(store: T, fn: (...args: A) => R, ...args: A): R
  getStore(): T | undefined
  disable(): void
}

/** The part of `node:async_hooks` that the kernel uses. */
export interface AsyncHooks {
  AsyncLocalStorage: new <T>() => Storage<T>
  AsyncResource: new (type: string) => Scope
  executionAsyncResource: () => object
}

interface HostProcess {
  getBuiltinModule?: (id: string) => unknown
}

let loaded: AsyncHooks | null | undefined

/**
 * Loads `node:async_hooks` where the host has it, without an import that a bundler for browsers would trip over.
 */
export function asyncHooks(): AsyncHooks | null {
  if (loaded === undefined) {
    const { process } = globalThis as { process?: HostProcess }
    const hooks = process?.getBuiltinModule?.('node:async_hooks') as Partial<AsyncHooks> | undefined
    loaded = hooks?.AsyncLocalStorage && hooks.AsyncResource ? (hooks as AsyncHooks) : null
  }
  return loaded
}
