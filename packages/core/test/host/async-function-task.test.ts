import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { currentTask, getRunningLoop, isCancelled, Task } from '../../src/index.ts'
import { runBody } from '../../src/primitives.ts'
import { virtually } from '../../../../test-support/both.ts'
import { drive, driveWithHost, ManualLoop, settle } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

const request = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
    }).on('error', reject)
  })

describe('the current task of an async function', () => {
  test('is known after awaits of every kind', async () => {
    const server = createServer((_request, response) => response.end('answer'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const loop = new ManualLoop()
    const seen: [string, Task | null][] = []
    const helper = async (name: string) => {
      await null
      seen.push([name, currentTask()])
      await sleep(1)
      seen.push([`${name}, after a wait of ours`, currentTask()])
    }
    const task = loop.createTask(async () => {
      seen.push(['first step', currentTask()])
      await null
      seen.push(['null', currentTask()])
      await Promise.resolve()
      seen.push(['a promise', currentTask()])
      await immediate()
      seen.push(['setImmediate', currentTask()])
      await delay(1)
      seen.push(['setTimeout', currentTask()])
      await request(port)
      seen.push(['http', currentTask()])
      await (await fetch(`http://127.0.0.1:${port}/`)).text()
      seen.push(['fetch', currentTask()])
      await helper('a nested function')
      await Promise.all([helper('one of Promise.all'), helper('another of Promise.all')])
      seen.push(['Promise.all', currentTask()])
      await sleep(1)
      seen.push(['a wait of ours', currentTask()])
      for await (const _ of (async function* () {
        yield 1
      })()) {
        seen.push(['an async generator', currentTask()])
      }
      await Promise.reject(new Error('x')).catch(() => undefined)
      seen.push(['a caught rejection', currentTask()])
      try {
        await Promise.reject(new Error('x'))
      } catch (error) {
        seen.push([`a thrown ${(error as Error).name}`, currentTask()])
      }
    })
    try {
      await driveWithHost(loop, () => task.done())
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
    expect(task.exception()).toBe(null)
    expect(seen.filter(([, each]) => each !== (task as Task)).map(([name]) => name)).toEqual([])
    expect(seen.length).toBeGreaterThan(15)
  })

  virtually('is each its own among many that interleave', async () => {
    const mixed: number[] = []
    const work = async (task: { getName(): string }, n: number) => {
      for (let i = 0; i < 5; i++) {
        await (i % 2 === 0 ? sleep((n % 3) * 0.1) : Promise.resolve())
        if (currentTask()!.getName() !== task.getName()) mixed.push(n)
      }
    }
    const tasks = Array.from({ length: 20 }, (_, n) => new Task((task) => work(task, n)))
    for (const task of tasks) await task
    expect(mixed).toEqual([])
  })

  virtually('is its own when a generator makes it, and the other way round', async () => {
    const outer = currentTask()!
    const names: string[] = []
    await new Task(
      function* () {
        names.push(currentTask()!.getName())
        yield* new Task(
          async () => {
            await null
            names.push(currentTask()!.getName())
            await new Task(
              function* () {
                yield* sleep(0)
                names.push(currentTask()!.getName())
              },
              { name: 'innermost' },
            )
            names.push(currentTask()!.getName())
          },
          { name: 'inner' },
        )
        names.push(currentTask()!.getName())
      },
      { name: 'outer' },
    )
    expect(names).toEqual(['outer', 'inner', 'innermost', 'inner', 'outer'])
    expect(currentTask()).toBe(outer)
  })

  virtually('is not that of a task that has ended, in callbacks that outlive it', async () => {
    let later: Promise<unknown> = Promise.resolve()
    const task = new Task(async () => {
      later = (async () => {
        await immediate()
        return currentTask()
      })()
    })
    await task
    expect(await later).toBe(null)
  })

  virtually('is null in callbacks of the loop that a task registered', async (loop) => {
    let inside: unknown = 'not called'
    loop.callSoon(() => (inside = currentTask()))
    await sleep(0)
    await sleep(0)
    expect(inside).toBe(null)
  })

  virtually('is not inherited by a task it makes', async () => {
    const outer = currentTask()!
    const seen: boolean[] = []
    const child = new Task(async () => {
      seen.push(currentTask() === (child as Task))
      await null
      seen.push(currentTask() === (child as Task))
    })
    await child
    expect(seen).toEqual([true, true])
    expect(currentTask()).toBe(outer)
  })
})

describe('a task parked on a foreign promise', () => {
  test('gets CancelledError at its next await of ours, and runs finally', async () => {
    const loop = new ManualLoop()
    let release: () => void = () => undefined
    const foreign = new Promise<void>((resolve) => (release = resolve))
    const seen: string[] = []
    const task = loop.createTask(async () => {
      try {
        await foreign
        seen.push('foreign done')
        await sleep(1)
        seen.push('not reached')
      } catch (error) {
        seen.push((error as Error).message)
        throw error
      } finally {
        await sleep(1)
        seen.push('finally')
      }
    })
    loop.turn()
    await settle()
    expect(task.cancel('pending')).toBe(true)
    loop.turn()
    await settle()
    expect([task.done(), task.cancelling(), seen]).toEqual([false, 1, []])
    release()
    await settle()
    await drive(loop, () => task.done())
    expect(seen).toEqual(['foreign done', 'pending', 'finally'])
    expect(task.cancelled()).toBe(true)
  })

  test('ends cancelled when it never awaits again', async () => {
    const loop = new ManualLoop()
    let release: (value: number) => void = () => undefined
    const foreign = new Promise<number>((resolve) => (release = resolve))
    const task = loop.createTask(async () => await foreign)
    loop.turn()
    await settle()
    task.cancel('late')
    release(1)
    await settle()
    expect(task.cancelled()).toBe(true)
    let message = ''
    try {
      task.result()
    } catch (error) {
      if (isCancelled(error)) message = error.message
    }
    expect(message).toBe('late')
  })

  test('keeps the error when the promise is rejected after the cancel', async () => {
    const loop = new ManualLoop()
    let fail: (error: Error) => void = () => undefined
    const foreign = new Promise<number>((_, reject) => (fail = reject))
    const task = loop.createTask(() => foreign)
    loop.turn()
    task.cancel()
    fail(new RangeError('foreign'))
    await settle()
    expect([task.cancelled(), (task.exception() as Error).message]).toEqual([false, 'foreign'])
  })

  virtually('cancel reaches an async body inside a generator task', function* () {
    const seen: string[] = []
    const task = new Task(function* () {
      yield* runBody(async () => {
        try {
          await null
          await sleep(10)
        } finally {
          seen.push(currentTask() === (task as Task) ? 'same task' : 'another task')
        }
      })
    })
    yield* sleep(1)
    task.cancel()
    yield* sleep(1)
    expect([task.cancelled(), seen]).toEqual([true, ['same task']])
    expect(getRunningLoop().time()).toBe(2)
  })
})
