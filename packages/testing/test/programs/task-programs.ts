import { currentTask, ExceptionGroup, Future, isCancelled } from '@asyncio-ts/core'
import type { Coroutine, Task } from '@asyncio-ts/core'
import { createTask, gather, shield, sleep, taskGroup, timeout, wait, waitFor } from '@asyncio-ts/tasks'
import type { CancelOptions } from '../../src/index.ts'
import { holds } from './explored.ts'
import type { Explored } from './explored.ts'

const only = (prefix: string) => (task: Task) => task.getName().startsWith(prefix)

/** Results in the order of the arguments, or the first error; nobody is left half-way. */
const gathers: Explored = {
  title: 'gather',
  cancels: 2,
  async main(): Promise<void> {
    const child = async (result: number, delay: number): Promise<number> => {
      await sleep(delay)
      await sleep(0)
      return result
    }
    const children = [2, 1, 1].map((delay, index) => createTask(() => child(index, delay), { name: `child-${index}` }))
    const parent = createTask(
      async () => {
        const [results, outcomes] = await gather(gather(...children), gather(children, { returnExceptions: true }))
        holds(results.join() === '0,1,2' && outcomes.join() === '0,1,2', 'results come in the order of the arguments')
      },
      { name: 'parent' },
    )
    await wait([parent, ...children])
    if (!children.some((task) => task.cancelled())) {
      holds(parent.cancelled() || parent.exception() === null, 'all is well')
    } else holds(parent.cancelled() || isCancelled(parent.exception()), 'a cancelled child is the error of the parent')
    if (parent.cancelled()) await wait(children)
    holds(
      children.every((task) => task.done()),
      'nobody is left half-way',
    )
  },
}

function* isInterrupted(): Coroutine<boolean> {
  try {
    yield* sleep(0)
  } catch (error) {
    return isCancelled(error)
  }
  return false
}

/**
 * When a group has ended, so have all its tasks, whatever happened; nothing that failed is lost; and the parent's count
 * of cancels is what it was: GROUP-1 and GROUP-2.
 */
const groups = (title: string, cancels: CancelOptions): Explored => ({
  title,
  cancels,
  *main(): Coroutine<void> {
    const children: Task[] = []
    const inner = function* (fails: boolean): Coroutine<void> {
      try {
        yield* sleep(fails ? 1 : 2)
      } finally {
        // A clean-up that waits: the group has to wait for it.
        yield* sleep(0)
      }
      if (fails) throw new RangeError('failed')
    }
    const parent = createTask(
      function* (): Coroutine<void> {
        const self = currentTask()!
        try {
          yield* taskGroup(function* (tg) {
            for (const index of [0, 1, 2]) {
              children.push(tg.createTask(() => inner(index === 1), { name: `child-${index}` }))
            }
            yield* sleep(3)
          })
          holds(children[1]!.cancelled(), 'a group that ends well had no task that failed')
        } catch (error) {
          holds(isCancelled(error) || error instanceof ExceptionGroup, `${String(error)} is a group or a cancel`)
          if (error instanceof ExceptionGroup) {
            holds(error.errors[0] instanceof RangeError, 'the error is in the group')
            if (self.cancelling() > 0) holds(yield* isInterrupted(), 'a cancel that the errors hid is delivered again')
          }
          throw error
        } finally {
          holds(
            children.every((task) => task.done()),
            'all tasks of the group have ended',
          )
          if (cancels.tasks !== undefined) holds(self.cancelling() === 0, 'the group takes its own cancel back')
        }
        yield* sleep(0)
      },
      { name: 'parent' },
    )
    yield* wait([parent])
    holds(
      children.every((task) => task.done()),
      'all tasks of the group have ended',
    )
    const failed = children.filter((task) => !task.cancelled() && task.exception() !== null)
    if (failed.length > 0) {
      holds(!parent.cancelled() && parent.exception() instanceof ExceptionGroup, 'what failed comes out of the group')
    }
  },
})

/** A time limit leaves the count of cancels as it found it, and a cancel from outside wins: TIMEOUT-1. */
const timeouts: Explored = {
  title: 'timeout, nested, with all limits at the same instant',
  cancels: { count: 2, tasks: only('limited') },
  async main(): Promise<void> {
    const limited = async (): Promise<string> => {
      const self = currentTask()!
      const before = self.cancelling()
      try {
        await timeout(2, async () => {
          try {
            await timeout(1, () => sleep(1))
          } catch (error) {
            if ((error as Error).name !== 'TimeoutError') throw error
            holds(self.cancelling() === before, 'a time limit takes its own cancel back')
          }
          await timeout(1, () => sleep(1))
        })
      } catch (error) {
        if (isCancelled(error)) {
          holds(self.cancelling() > before, 'only a cancel from outside comes out as one')
          throw error
        }
        holds((error as Error).name === 'TimeoutError', 'the time is up')
        holds(self.cancelling() === before || self.cancelling() > 0, 'a time limit takes its own cancel back')
        return 'late'
      }
      return 'in time'
    }
    const tasks = [0, 1].map((index) => createTask(limited, { name: `limited-${index}` }))
    await wait(tasks)
    for (const task of tasks) {
      holds(task.cancelled() || typeof task.result() === 'string', 'each ends in one of three ways')
    }
  },
}

/** What is shielded goes on, whoever stops waiting for it. */
const shields: Explored = {
  title: 'shield',
  cancels: { count: 3, tasks: only('outer') },
  async main(): Promise<void> {
    const inner = createTask(async () => (await sleep(1), 'result'), { name: 'inner' })
    const outers = [0, 1, 2].map((index) => createTask(async () => shield(inner), { name: `outer-${index}` }))
    await wait([inner, ...outers])
    holds(!inner.cancelled() && inner.result() === 'result', 'what is shielded comes to its end')
    for (const task of outers) {
      holds(task.cancelled() || task.result() === 'result', 'an outer task is cancelled, or has the result')
    }
  },
}

/** Who waits behind a shield hears when what it protects is cancelled itself. */
const brokenShields: Explored = {
  title: 'shield, with what it protects cancelled',
  cancels: { count: 2, tasks: only('inner') },
  async main(): Promise<void> {
    const inner = createTask(async () => (await sleep(1), 'result'), { name: 'inner' })
    const outers = [0, 1].map((index) => createTask(async () => shield(inner), { name: `outer-${index}` }))
    await wait(outers)
    for (const task of outers) {
      holds(task.cancelled() === inner.cancelled(), 'the outer tasks end as the inner one does')
    }
  },
}

/** What is waited for has ended when the wait is over: with its result, or cancelled. */
const waits: Explored = {
  title: 'waitFor, with the result and the limit at the same instant',
  cancels: 2,
  *main(): Coroutine<void> {
    const inners: Task[] = []
    const waiter = function* (delay: number, limit: number): Coroutine<string> {
      const inner = createTask(
        function* (): Coroutine<string> {
          try {
            yield* sleep(delay)
          } finally {
            yield* sleep(0)
          }
          return 'result'
        },
        { name: `inner-${delay}` },
      )
      inners.push(inner)
      try {
        yield* sleep(0)
        return yield* waitFor(inner, limit)
      } catch (error) {
        holds(isCancelled(error) || (error as Error).name === 'TimeoutError', `${String(error)} is a cancel or a limit`)
        if (!isCancelled(error)) holds(inner.done(), 'what is waited for has ended when the time is up')
        throw error
      }
    }
    const waiters = [0, 1, 2, 3].map((delay) =>
      createTask(() => waiter(delay, delay === 3 ? 0 : 1), { name: `waiter-${delay}` }),
    )
    yield* wait(waiters)
    if (inners.length > 0) yield* wait(inners)
    for (const task of waiters) {
      if (task.cancelled()) continue
      const error = task.exception() as Error | null
      holds(
        error === null ? task.result() === 'result' : error.name === 'TimeoutError',
        'each ends in one of three ways',
      )
    }
  },
}

/** Whoever is woken has what it waited for, in whichever order the wake-ups come. */
const futures: Explored = {
  title: 'futures with several waiters, one of them cancelled',
  cancels: { count: 1, tasks: only('waiter') },
  async main(): Promise<void> {
    const shared = new Future<string>()
    const waiters = [0, 1].map((index) => createTask(async () => shield(shared), { name: `waiter-${index}` }))
    createTask(async () => shared.setResult('result'), { name: 'setter' })
    await wait(waiters)
    for (const task of waiters) {
      holds(task.cancelled() || task.result() === 'result', 'who is not cancelled has the result')
    }
  },
}

export const taskPrograms: readonly Explored[] = [
  gathers,
  groups('taskGroup', { count: 2 }),
  groups('taskGroup, with its parent left alone', { count: 2, tasks: only('child') }),
  timeouts,
  shields,
  brokenShields,
  waits,
  futures,
]
