import type { Runtime } from './contract/kernel.ts'

/** Changes only when copies of core could no longer work with each other's objects. */
const PROTOCOL = Symbol.for('asyncio-ts.runtime.1')

function createRuntime(): Runtime {
  return {
    task: null,
    context: null,
    rootContext: null,
    loop: null,
    running: null,
    current: null,
    ambient: null,
    newAmbientLoop: null,
    newDefaultExecutor: null,
    flows: null,
    part: null,
    starting: null,
    follower: null,
    thrown: null,
    microtasks: false,
    pumping: 0,
    epoch: 0,
    ticks: 0,
    taskCount: 0,
    debugLoops: 0,
  }
}

const shared = globalThis as unknown as Record<symbol, Runtime | undefined>

/**
 * What is running, in which task, context and loop.
 *
 * It hangs on `globalThis` because independent versions make it normal that two packages bring a copy of core each.
 */
export const runtime: Runtime = (shared[PROTOCOL] ??= createRuntime())

/**
 * Tells whether the turn that is under way has let an async function go on, which it does in microtasks. For authors of
 * event loops.
 */
export function lettingMicrotasksRun(): boolean {
  return runtime.microtasks
}
