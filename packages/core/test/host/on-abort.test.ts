import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { Future, Task } from '../../src/index.ts'
import { waitWithin } from '../../src/primitives.ts'
import { onAbort } from '../../src/host/on-abort.ts'
import { runManually } from '../../../../test-support/manual-loop.ts'

test('many waits and tasks share one listener of a signal, which is gone when they have ended', async () => {
  const controller = new AbortController()
  const { signal } = controller
  await runManually(function* () {
    const future = new Future<void>()
    const tasks = Array.from(
      { length: 20 },
      () =>
        new Task(
          function* () {
            yield* waitWithin(future, { signal })
          },
          { signal },
        ),
    )
    yield undefined
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    future.setResult()
    for (const task of tasks) yield* task
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

test('callbacks run in order, without those that were taken back', () => {
  const controller = new AbortController()
  const seen: number[] = []
  const undo = [1, 2, 3].map((n) => onAbort(controller.signal, () => seen.push(n)))
  undo[1]!()
  undo[1]!()
  controller.abort()
  controller.abort()
  expect(seen).toEqual([1, 3])
  for (const each of undo) each()
})

test('a signal can be listened to again when nobody listens to it any more', () => {
  const controller = new AbortController()
  const seen: string[] = []
  const undo = onAbort(controller.signal, () => seen.push('old'))
  undo()
  onAbort(controller.signal, () => seen.push('new'))
  undo()
  controller.abort()
  expect(seen).toEqual(['new'])
})
