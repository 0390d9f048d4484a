import { describe, expect, test } from 'vitest'
import { allTasks, coroutine, currentTask, Task } from '../../src/index.ts'
import { virtually } from '../../../../test-support/both.ts'
import { drive, driveWithHost, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

describe('awaits beside the one a task is parked at', () => {
  virtually('of Promise.all are all within reach of a cancel', async (loop) => {
    const futures = [loop.createFuture(), loop.createFuture(), loop.createFuture()]
    const task = new Task(async () => {
      await Promise.all(futures)
    })
    await sleep(1)
    task.cancel()
    await settle()
    await sleep(1)
    expect(task.cancelled()).toBe(true)
  })

  virtually('of nested async functions are all cancelled', async () => {
    const seen: string[] = []
    const part = async (name: string) => {
      try {
        await sleep(10)
      } catch (error) {
        seen.push(`${name} ${(error as Error).name}`)
        throw error
      }
    }
    const task = new Task(async () => {
      await Promise.all([part('a'), part('b'), part('c')])
    })
    await sleep(1)
    task.cancel()
    await sleep(1)
    expect(task.cancelled()).toBe(true)
    expect(seen.sort()).toEqual(['a CancelledError', 'b CancelledError', 'c CancelledError'])
  })

  virtually(
    'that lost a Promise.race stay within reach of a cancel, which still reaches the next await',
    async (loop) => {
      const seen: string[] = []
      const part = async (seconds: number) => {
        try {
          await sleep(seconds)
          return seconds
        } catch (error) {
          seen.push(`${seconds} ${(error as Error).name} at ${loop.time()}`)
          throw error
        }
      }
      const task = new Task(async () => {
        seen.push(`won ${await Promise.race([part(1), part(50)])}`)
        await sleep(10)
      })
      await sleep(2)
      expect(seen).toEqual(['won 1'])
      task.cancel()
      await sleep(1)
      expect(task.cancelled()).toBe(true)
      expect(seen).toEqual(['won 1', '50 CancelledError at 2'])
    },
  )

  virtually('make no second delivery when one of them takes the cancel', async (loop) => {
    const seen: string[] = []
    const task = new Task(async () => {
      try {
        await Promise.all([sleep(10), sleep(20)])
      } finally {
        await sleep(3)
        seen.push(`cleaned up at ${loop.time()}`)
      }
    })
    await sleep(1)
    task.cancel()
    await sleep(10)
    expect(seen).toEqual(['cleaned up at 4'])
    expect([task.cancelled(), task.cancelling()]).toEqual([true, 1])
  })
})

describe('an event handler that a task registered', () => {
  /** A task parked at `gate`, and a handler that it registered, which waits in a coroutine. */
  function withHandler(loop: ManualLoop, seen: string[]) {
    const gate = loop.createFuture<void>()
    const handler: { task: Task | null; names: string[] } = { task: null, names: [] }
    const work = coroutine(function* () {
      handler.task = currentTask()!
      handler.names.push(handler.task.getName())
      yield* sleep(10)
      handler.names.push(currentTask()!.getName())
    })
    const main = loop.createTask(async () => {
      setTimeout(() => {
        void (async () => {
          try {
            await work()
            seen.push('handler ended')
          } catch (error) {
            seen.push(`handler ${(error as Error).name}`)
          }
        })()
      }, 1)
      try {
        await gate
        seen.push('main went on')
      } catch (error) {
        seen.push(`main ${(error as Error).name}`)
        throw error
      }
    })
    return { gate, handler, main }
  }

  test('awaits as a task of its own while the task is parked', async () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    const { gate, handler, main } = withHandler(loop, seen)
    await driveWithHost(loop, () => seen.length > 0)
    expect(handler.task === (main as Task)).toBe(false)
    expect(handler.names[0]).toBe(handler.names[1])
    expect([seen, main.done()]).toEqual([['handler ended'], false])
    gate.setResult()
    await drive(loop, () => main.done())
    expect(seen).toEqual(['handler ended', 'main went on'])
  })

  test('can be cancelled without the task', async () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    const { gate, handler, main } = withHandler(loop, seen)
    await driveWithHost(loop, () => handler.task !== null)
    // The main task, the coroutine that the handler awaits, and what the handler is left over from.
    expect(allTasks(loop).size).toBe(3)
    handler.task!.cancel()
    await drive(loop, () => seen.length > 0)
    expect([seen, main.done(), main.cancelling()]).toEqual([['handler CancelledError'], false, 0])
    gate.setResult()
    await drive(loop, () => main.done())
    expect(seen).toEqual(['handler CancelledError', 'main went on'])
  })

  test('is not cancelled with the task', async () => {
    const loop = new ManualLoop()
    const seen: string[] = []
    const { handler, main } = withHandler(loop, seen)
    await driveWithHost(loop, () => handler.task !== null)
    main.cancel()
    await drive(loop, () => seen.length > 1)
    expect(seen).toEqual(['main CancelledError', 'handler ended'])
    expect([main.cancelled(), handler.task!.cancelled(), handler.task!.cancelling()]).toEqual([true, false, 0])
  })

  test('that awaits a future leaves the task parked where it is', async () => {
    const loop = new ManualLoop()
    const [gate, other] = [loop.createFuture<void>(), loop.createFuture<string>()]
    const seen: string[] = []
    let waiting = false
    const main = loop.createTask(async () => {
      setTimeout(() => {
        waiting = true
        void (async () => seen.push(await other))()
      }, 1)
      await gate
      seen.push('main')
    })
    loop.turn()
    while (!waiting) await settle()
    await settle()
    main.cancel()
    expect([gate.cancelled(), other.done()]).toEqual([true, false])
    other.setResult('handler')
    await drive(loop, () => main.done())
    await settle()
    expect([seen, main.cancelled()]).toEqual([['handler'], true])
  })
})
