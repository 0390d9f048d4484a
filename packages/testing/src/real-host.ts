/**
 * The host's own timers, taken before any test replaces them: fake timers must not stop the loop that runs the test.
 */
import { defaultHost } from '@asyncio-ts/core/primitives'

type Callback = () => void

const { setImmediate, setTimeout, clearTimeout, process } = globalThis as unknown as {
  setImmediate?: (callback: Callback) => unknown
  setTimeout: (callback: Callback, delayMs: number) => unknown
  clearTimeout: (timer: unknown) => void
  process?: { getActiveResourcesInfo?: () => string[]; nextTick?: (callback: Callback) => void }
}
const nextTick = process?.nextTick
const host = defaultHost()
const RESOLVED = Promise.resolve()

/** Calls back once no microtask is left, or in the next macrotask where the host has no such point. */
export function afterMicrotasks(callback: Callback): void {
  if (nextTick !== undefined) void RESOLVED.then(() => nextTick(callback))
  else afterIo(callback)
}

/** Calls back after the host has had a chance to do I/O. */
export function afterIo(callback: Callback): void {
  if (setImmediate !== undefined) setImmediate(callback)
  else host.defer(callback)
}

/** Calls back after a while, when the timer itself no longer counts as something that the host does. */
export function afterMs(callback: Callback, delayMs: number): () => void {
  const timer = setTimeout(() => afterIo(callback), delayMs)
  return () => clearTimeout(timer)
}

/** What keeps the process alive, one name for each; empty where the host does not tell. */
export function activeResources(): string[] {
  return process?.getActiveResourcesInfo?.() ?? []
}
