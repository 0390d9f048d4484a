/**
 * Warns about a cancel that cannot be delivered: the task waits for a promise of somebody else, which nothing can
 * interrupt. Without a warning a time limit would be exceeded in silence.
 */
import type { KernelTask } from '../contract/kernel.ts'
import { coroutineName } from '../coroutine-name.ts'
import { runInRootScope } from '../host/user-stores.ts'
import { warnOnce } from '../host/warn-once.ts'
import { reprOf } from '../repr.ts'

const PATIENCE_MS = 1000
/** A program that cancels thousands of tasks in a second is warned by the first of them. */
const MAX_WATCHED = 100

const { setTimeout } = globalThis as unknown as {
  setTimeout: (callback: () => void, ms: number) => number | { unref(): void }
}

let fresh: KernelTask[] = []
let waiting: KernelTask[] = []
let isTimerSet = false

/** Called when a cancel has found nothing to cancel. The task's next await delivers it: nearly always in the next turn. */
export function watchUndelivered(task: KernelTask): void {
  if (fresh.length >= MAX_WATCHED) return
  fresh.push(task)
  if (!isTimerSet) setTimer()
}

function setTimer(): void {
  isTimerSet = true
  const timer = runInRootScope(setTimeout, check, PATIENCE_MS)
  if (typeof timer === 'object') timer.unref()
}

function check(): void {
  isTimerSet = false
  for (const task of waiting) if (isStuck(task)) warn(task)
  waiting = fresh.filter(isStuck)
  fresh = []
  if (waiting.length > 0) setTimer()
}

function isStuck(task: KernelTask): boolean {
  // A task that is ready has not been stepped because its loop is busy, or driven by a test.
  return task._mustCancel && !task.done() && task._loop.nextTimeout() !== 0
}

function warn(task: KernelTask): void {
  const name = coroutineName(task.getCoro())
  warnOnce(
    `undelivered cancel of ${name}`,
    `Task ${reprOf(task.getName())}, which runs ${name}, was cancelled more than a second ago and still waits for a ` +
      'promise that asyncio-ts cannot interrupt. Pass the signal on, as in ' +
      'timeout(1, ({ signal }) => fetch(url, { signal })), or leave the promise behind with { abandon: true }.',
    'ASYNCIO_UNDELIVERED_CANCEL',
  )
}
