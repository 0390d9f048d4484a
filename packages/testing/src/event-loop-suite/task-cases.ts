import { allTasks, currentTask, getRunningLoop } from '@asyncio-ts/core'
import type { CoroutineLike } from '@asyncio-ts/core'
import { equal, holds, rejects, throws } from './expectations.ts'
import type { LoopCase } from './tested-loop.ts'

export const taskCases: readonly LoopCase[] = [
  {
    title: 'runUntilComplete returns what a coroutine returns, of either kind',
    async run(loop) {
      equal(await loop.runUntilComplete(async () => 'async'), 'async')
      const generator = function* (): Generator<never, string> {
        return 'generator'
      }
      equal(await loop.runUntilComplete(generator as CoroutineLike<string>), 'generator')
    },
  },
  {
    title: 'runUntilComplete throws what a coroutine throws',
    run: (loop) =>
      rejects(
        'RangeError',
        loop.runUntilComplete(async () => {
          throw new RangeError('thrown')
        }),
      ),
  },
  {
    title: 'a task begins in the next turn, in the order of creation',
    async run(loop) {
      const seen: string[] = []
      await loop.runUntilComplete(async () => {
        const tasks = ['a', 'b'].map((name) => loop.createTask(async () => void seen.push(name), { name }))
        seen.push('created')
        await Promise.all(tasks)
      })
      equal(seen, ['created', 'a', 'b'])
    },
  },
  {
    title: 'whoever waits for a future is woken in a later turn, first come first served',
    async run(loop) {
      const future = loop.createFuture<number>()
      const seen: string[] = []
      await loop.runUntilComplete(async () => {
        const wait = async (name: string): Promise<void> => void seen.push(`${name}${await future}`)
        const tasks = [loop.createTask(() => wait('a')), loop.createTask(() => wait('b'))]
        loop.callSoon(() => {
          future.setResult(1)
          seen.push('set')
        })
        await Promise.all(tasks)
      })
      equal(seen, ['set', 'a1', 'b1'])
    },
  },
  {
    title: 'cancelling a task throws a CancelledError at its await',
    async run(loop) {
      const seen: string[] = []
      await loop.runUntilComplete(async () => {
        const task = loop.createTask(async () => {
          try {
            await loop.createFuture()
          } finally {
            seen.push('cleaned up')
          }
        })
        loop.callSoon(() => task.cancel())
        await rejects('CancelledError', task)
        equal(task.cancelled(), true)
      })
      equal(seen, ['cleaned up'])
    },
  },
  {
    title: 'inside, the running loop, the current task and all tasks are known',
    async run(loop) {
      await loop.runUntilComplete(async () => {
        holds(getRunningLoop() === (loop as unknown), 'getRunningLoop() is the loop')
        const main = currentTask()
        await loop.createTask(async () => {
          holds(currentTask() !== main, 'each task is its own')
          equal(allTasks().size, 2)
        })
      })
      equal(allTasks(loop).size, 0)
    },
  },
  {
    title: 'a task factory makes the tasks, until it is taken away',
    async run(loop) {
      let made = 0
      loop.setTaskFactory((_loop, coroutine, options) => {
        made++
        loop.setTaskFactory(null)
        return loop.createTask(coroutine, options)
      })
      equal(await loop.runUntilComplete(async () => 'result'), 'result')
      equal([made, loop.getTaskFactory()], [1, null])
      throws('TypeError', () => loop.setTaskFactory('factory' as never))
    },
  },
  {
    title: 'a running promise is no coroutine',
    run(loop) {
      throws('TypeError', () => loop.createTask(Promise.resolve() as never))
    },
  },
]

export const errorCases: readonly LoopCase[] = [
  {
    title: 'what a callback throws goes to the exception handler, and the loop goes on',
    async run(loop) {
      const seen: string[] = []
      loop.setExceptionHandler((owner, { message, exception, handle }) => {
        holds(owner === loop, 'the handler gets the loop')
        holds(handle !== undefined, 'the handler gets the handle')
        seen.push(`${message}: ${String(exception)}`)
      })
      loop.callSoon(function broken() {
        throw new Error('thrown')
      })
      loop.callSoon(() => loop.stop())
      await loop.runForever()
      equal(seen, ['Exception in callback broken(): Error: thrown'])
    },
  },
  {
    title: 'callExceptionHandler calls the handler that is set, and does not throw what it throws',
    run(loop) {
      const reported: unknown[] = []
      const { error, warn } = console
      console.error = console.warn = (...args: unknown[]) => void reported.push(args)
      try {
        loop.setExceptionHandler(() => {
          throw new Error('of the handler')
        })
        loop.callExceptionHandler({ message: 'of the program' })
      } finally {
        Object.assign(console, { error, warn })
      }
      holds(reported.length > 0, 'both are printed')
    },
  },
  {
    title: 'the exception handler can be asked for and taken away',
    run(loop) {
      const handler = (): void => undefined
      loop.setExceptionHandler(handler)
      holds(loop.getExceptionHandler() === handler, 'the handler is the one that was set')
      loop.setExceptionHandler(null)
      equal(loop.getExceptionHandler(), null)
      throws('TypeError', () => loop.setExceptionHandler('handler' as never))
    },
  },
]
