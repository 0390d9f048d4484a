import { expect } from 'vitest'
import { newEventLoop } from '../src/index.ts'
import type { EventLoop } from '../src/index.ts'

/** Kinds of handles that a test must not leave behind. */
const HANDLES = /UDP|TCP|Pipe|TTY|GetAddrInfo/

function openHandles(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => HANDLES.test(name))
    .sort()
}

/** Waits until the host has closed what was given up: that takes it a few turns. */
async function handlesAfter(expected: readonly string[]): Promise<string[]> {
  for (let round = 0; round < 50 && openHandles().join() !== expected.join(); round++) {
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return openHandles()
}

/** Runs a test on a loop of its own, and expects that nothing was reported to it and no handle left open. */
export function onLoop(body: (loop: EventLoop) => Promise<void>): () => Promise<void> {
  return async () => {
    const before = openHandles()
    const loop = newEventLoop()
    const reported: unknown[] = []
    loop.setExceptionHandler((_, context) => reported.push(context))
    await loop.runUntilComplete(() => body(loop))
    const after = await handlesAfter(before)
    loop.close()
    expect(reported).toEqual([])
    expect(after).toEqual(before)
  }
}
