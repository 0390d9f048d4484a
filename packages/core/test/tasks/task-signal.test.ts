import { EventEmitter, getEventListeners, on, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { currentTask, isCancelled, Task } from '../../src/index.ts'
import { both, virtually } from '../../../../test-support/both.ts'
import { drive, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

/** Turns until `task` is done, on the real clock: for what waits for the host. */
async function finish(loop: ManualLoop, task: Task<unknown>): Promise<void> {
  while (!task.done()) {
    loop.turn()
    await settle()
  }
}

describe('the signal option', () => {
  both('cancels the task when it aborts, with its reason', function* ({ wait, spell }) {
    const controller = new AbortController()
    const reason = new Error('client gone')
    const task = new Task(
      spell(function* (wait) {
        yield* wait(sleep(10))
      }),
      { signal: controller.signal },
    )
    yield* wait(sleep(1))
    controller.abort(reason)
    let caught: unknown
    try {
      yield* wait(task)
    } catch (error) {
      caught = error
    }
    expect([isCancelled(caught), (caught as Error).message, (caught as Error).cause]).toEqual([
      true,
      'client gone',
      reason,
    ])
    expect([task.cancelled(), task.cancelling()]).toEqual([true, 1])
  })

  both('that has aborted already keeps the body from running', function* ({ wait, spell }) {
    let ran = false
    const task = new Task(
      spell(function* () {
        ran = true
      }),
      { signal: AbortSignal.abort('a string') },
    )
    try {
      yield* wait(task)
    } catch (error) {
      expect((error as Error).cause).toBe('a string')
    }
    expect([ran, task.cancelled()]).toEqual([false, true])
  })

  both('that has aborted already keeps an eager body from running', function* ({ wait, spell }) {
    let ran = false
    const body = spell(function* () {
      ran = true
    })
    const task = new Task(body, { signal: AbortSignal.abort(), eagerStart: true })
    try {
      yield* wait(task)
    } catch (error) {
      expect(isCancelled(error)).toBe(true)
    }
    expect([ran, task.cancelled()]).toEqual([false, true])
  })

  both('has its listener removed when the task is done', function* ({ wait, spell }) {
    const { signal } = new AbortController()
    const task = new Task(
      spell(function* (wait) {
        yield* wait(sleep(1))
      }),
      { signal },
    )
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    yield* wait(task)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  both('has its listener removed when the task fails, is cancelled, or ends at once', function* ({ wait, spell }) {
    const { signal } = new AbortController()
    const failing = new Task(
      spell(function* () {
        throw new Error('failed')
      }),
      { signal },
    )
    const cancelled = new Task(
      spell(function* (wait) {
        yield* wait(sleep(1))
      }),
      { signal },
    )
    const eager = new Task(
      spell(function* () {
        return 1
      }),
      { signal, eagerStart: true },
    )
    cancelled.cancel()
    for (const task of [failing, cancelled, eager] as Task<unknown>[]) {
      try {
        yield* wait(task)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  both('may be shared by many tasks', function* ({ wait, spell }) {
    const controller = new AbortController()
    const { signal } = controller
    const tasks = [1, 2, 3].map(
      () =>
        new Task(
          spell(function* (wait) {
            yield* wait(sleep(10))
          }),
          { signal },
        ),
    )
    yield* wait(sleep(1))
    controller.abort()
    for (const task of tasks) {
      try {
        yield* wait(task)
      } catch (error) {
        expect(isCancelled(error)).toBe(true)
      }
    }
    expect(tasks.map((task) => task.cancelled())).toEqual([true, true, true])
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

describe('Task.signal', () => {
  both('aborts when the task is cancelled, with the CancelledError', function* ({ wait, spell }) {
    let signal: AbortSignal | null = null
    const task = new Task(
      spell(function* (wait) {
        signal = currentTask()!.signal
        yield* wait(sleep(10))
      }),
    )
    yield* wait(sleep(1))
    expect(signal!.aborted).toBe(false)
    task.cancel('stop')
    expect(signal!.aborted).toBe(true)
    expect([isCancelled(signal!.reason), (signal!.reason as Error).message]).toEqual([true, 'stop'])
  })

  both('is one signal until it aborts, and a fresh one after', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        const self = currentTask()!
        const first = self.signal
        expect(self.signal).toBe(first)
        try {
          yield* wait(sleep(10))
        } catch (error) {
          expect(isCancelled(error)).toBe(true)
          self.uncancel()
        }
        const second = self.signal
        expect([first.aborted, second.aborted, second === first]).toEqual([true, false, false])
        return 'went on'
      }),
    )
    yield* wait(sleep(1))
    task.cancel()
    expect(yield* wait(task)).toBe('went on')
  })

  both('is aborted from the start while a cancel is pending', function* ({ wait, spell }) {
    const task = new Task(
      spell(function* (wait) {
        const self = currentTask()!
        self.cancel('pending')
        expect(self.signal.aborted).toBe(true)
        yield* wait(sleep(1))
      }),
    )
    try {
      yield* wait(task)
    } catch (error) {
      expect((error as Error).message).toBe('pending')
    }
    expect(task.cancelled()).toBe(true)
  })

  virtually('does not abort when the task ends by itself', async () => {
    let signal: AbortSignal | null = null
    await new Task(async (task) => {
      signal = task.signal
      await sleep(1)
    })
    expect(signal!.aborted).toBe(false)
  })

  test('aborts a fetch against a server that never answers', async () => {
    let dropped = false
    const server = createServer((request) => request.on('close', () => (dropped = true)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const loop = new ManualLoop()
    const seen: string[] = []
    const task = loop.createTask(async (self) => {
      try {
        await fetch(`http://127.0.0.1:${port}/`, { signal: self.signal })
      } finally {
        seen.push('finally begins')
        await sleep(0)
        seen.push('finally ends')
      }
    })
    try {
      loop.turn()
      await new Promise((resolve) => server.once('request', resolve))
      task.cancel('enough')
      await finish(loop, task)
      expect([task.cancelled(), task.cancelling()]).toEqual([true, 1])
      expect(seen).toEqual(['finally begins', 'finally ends'])
      while (!dropped) await settle()
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test.each([
    ['timers/promises', (signal: AbortSignal) => delay(60_000, null, { signal })],
    ['events.once', (signal: AbortSignal) => once(new EventEmitter(), 'never', { signal })],
    [
      'events.on',
      async (signal: AbortSignal) => {
        for await (const event of on(new EventEmitter(), 'never', { signal })) return event
        return null
      },
    ],
    [
      'a promise that rejects with the reason',
      (signal: AbortSignal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    ],
    [
      'throwIfAborted in a callback',
      (signal: AbortSignal) =>
        new Promise((resolve, reject) =>
          signal.addEventListener('abort', () => {
            try {
              resolve(signal.throwIfAborted())
            } catch (error) {
              reject(error)
            }
          }),
        ),
    ],
  ])('ends %s at once, and the cancel is not delivered a second time', async (_name, operation) => {
    const loop = new ManualLoop()
    const seen: string[] = []
    const task = loop.createTask(async (self) => {
      try {
        await operation(self.signal)
      } catch (error) {
        seen.push((error as Error).name)
        throw error
      } finally {
        await sleep(1)
        await sleep(0)
        seen.push(`cleaned up at ${loop.time()}`)
      }
    })
    loop.turn()
    await settle()
    task.cancel('stop')
    await settle()
    await drive(loop, () => task.done())
    expect(seen[0]).toMatch(/^(AbortError|CancelledError)$/)
    expect(seen[1]).toBe('cleaned up at 1')
    expect([task.cancelled(), task.cancelling()]).toEqual([true, 1])
  })

  test('an operation that swallows the abort leaves a task that is not cancelled', async () => {
    const loop = new ManualLoop()
    const task = loop.createTask(async (self) => {
      try {
        await delay(60_000, null, { signal: self.signal })
      } catch (error) {
        expect((error as Error).name).toBe('AbortError')
      }
      await sleep(1)
      return 'finished'
    })
    loop.turn()
    await settle()
    task.cancel()
    await settle()
    await drive(loop, () => task.done())
    expect([task.result(), task.cancelled(), task.cancelling()]).toEqual(['finished', false, 1])
  })

  test('an AbortError of another signal is an error, not a cancel', async () => {
    const loop = new ManualLoop()
    const controller = new AbortController()
    const task = loop.createTask(() => delay(60_000, null, { signal: controller.signal }))
    loop.turn()
    controller.abort()
    await settle()
    await drive(loop, () => task.done())
    expect([task.cancelled(), (task.exception() as Error).name]).toEqual([false, 'AbortError'])
  })
})
