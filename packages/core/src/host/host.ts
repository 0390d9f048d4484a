import type { Host } from '../contract/host.ts'
import { runInRootScope } from './user-stores.ts'

const MAX_TIMER_MS = 2 ** 31 - 1
const RESOLVED = Promise.resolve()

/** What engines offer, as far as a host is built on it; Node, Bun, Deno and browsers differ in what is there. */
interface Engine {
  setImmediate?: (callback: () => void) => unknown
  setTimeout: (callback: () => void, delayMs: number) => unknown
  clearTimeout: (timer: unknown) => void
  setInterval: (callback: () => void, delayMs: number) => unknown
  clearInterval: (timer: unknown) => void
  MessageChannel?: new () => { port1: { onmessage: unknown }; port2: { postMessage(message: unknown): void } }
  process?: { nextTick?: (callback: () => void) => void }
}

const engine = globalThis as unknown as Engine

const timers = {
  maxTimerMs: MAX_TIMER_MS,
  setTimer: (callback: () => void, delayMs: number): unknown =>
    runInRootScope(engine.setTimeout, callback, Math.min(delayMs, MAX_TIMER_MS)),
  clearTimer: (timer: unknown): void => engine.clearTimeout(timer),
  keepAlive: (): (() => void) => {
    const timer = runInRootScope(engine.setInterval, () => undefined, MAX_TIMER_MS)
    return () => engine.clearInterval(timer)
  },
}

/**
 * Node and its kin: `setImmediate` lets I/O in between slices.
 *
 * A tick queued from a microtask runs once no microtask is left, so that async functions settle between two turns
 * without a trip through the host's loop.
 */
function nodeHost(): Host {
  const nextTick = engine.process?.nextTick
  return {
    ...timers,
    defer: (callback) => void runInRootScope(engine.setImmediate!, callback),
    ...(nextTick && { afterMicrotasks: (callback) => void RESOLVED.then(() => nextTick(callback)) }),
  }
}

/** Browsers: messages are macrotasks that are not throttled as nested timeouts are. */
function browserHost(): Host {
  const { MessageChannel } = engine
  if (MessageChannel === undefined) return { ...timers, defer: (callback) => void engine.setTimeout(callback, 0) }
  const channel = new MessageChannel()
  const queue: (() => void)[] = []
  channel.port1.onmessage = () => queue.shift()!()
  return {
    ...timers,
    defer(callback) {
      queue.push(callback)
      channel.port2.postMessage(null)
    },
  }
}

let host: Host | undefined

/** The host of the engine that runs this program. */
export function defaultHost(): Host {
  return (host ??= typeof engine.setImmediate === 'function' ? nodeHost() : browserHost())
}
