import { currentTask, isCancelled } from '@asyncio-ts/core'
import type { Coroutine, Task } from '@asyncio-ts/core'
import { asCompleted, createTask, mapConcurrent, sleep, taskGroup, timeout, wait } from '@asyncio-ts/tasks'
import { holds } from './explored.ts'
import type { Explored } from './explored.ts'

const only = (prefix: string) => (task: Task) => task.getName().startsWith(prefix)
const DELAYS = [2, 1, 1, 0]

/** Counts the calls of a map, and tells when there are too many. */
class Calls {
  running = 0
  readonly begun: number[] = [];

  *call(delay: number, index: number): Coroutine<number> {
    this.begun.push(index)
    holds(++this.running <= 2, 'no more calls run than the limit says')
    try {
      yield* sleep(delay)
      return index
    } finally {
      // A clean-up that waits: the map has to wait for it. A second cancel interrupts it.
      try {
        yield* sleep(0)
      } finally {
        this.running--
      }
    }
  }

  /** What holds of a map when it has ended, whichever way. */
  check(parent: Task<number[]>): void {
    holds(this.running === 0, 'every call has ended')
    holds(new Set(this.begun).size === this.begun.length, 'no item is taken twice')
    const error = parent.cancelled() ? null : parent.exception()
    holds(error === null || isCancelled(error), `it ends well or cancelled, not with ${String(error)}`)
    if (!parent.cancelled() && error === null) holds(parent.result().join() === '0,1,2,3', 'no result is missing')
  }
}

/** However a map ends, its calls have ended before it, and nothing is missing from what it returns. */
const maps = (title: string, cancels: Explored['cancels']): Explored => ({
  title,
  ...(cancels !== undefined && { cancels }),
  *main(): Coroutine<void> {
    const calls = new Calls()
    let isClosed = false
    const items = function* () {
      try {
        yield* DELAYS
      } finally {
        isClosed = true
      }
    }
    const parent = createTask(() => mapConcurrent(items(), (delay, index) => calls.call(delay, index), { limit: 2 }), {
      name: 'parent',
    })
    yield* wait([parent])
    calls.check(parent)
    holds(isClosed || calls.begun.length === 0, 'the iterator is closed')
  },
})

/** The same over an async iterator, which is asked for one item at a time, and closed once. */
const asyncMaps = (title: string, cancels: Explored['cancels']): Explored => ({
  title,
  ...(cancels !== undefined && { cancels }),
  async main(): Promise<void> {
    const calls = new Calls()
    let asked = 0
    let isOpen = false
    async function* items(): AsyncGenerator<number> {
      isOpen = true
      try {
        for (const delay of DELAYS) {
          await sleep(delay % 2)
          yield delay
        }
      } finally {
        try {
          await sleep(0)
        } finally {
          isOpen = false
        }
      }
    }
    const generator = items()
    const source = {
      [Symbol.asyncIterator]: () => ({
        async next() {
          holds(++asked === 1, 'one next() at a time')
          try {
            return await generator.next()
          } finally {
            asked--
          }
        },
        return: () => generator.return(undefined),
      }),
    }
    const parent = createTask(() => mapConcurrent(source, (delay, index) => calls.call(delay, index), { limit: 2 }), {
      name: 'parent',
    })
    await wait([parent])
    calls.check(parent)
    // A second cancel may have interrupted the wait for the clean-up, which goes on.
    if (parent.cancelling() > 0 || parent.cancelled()) await sleep(10)
    holds(!isOpen, 'the iterator is closed, and its clean-up waited for')
  },
})

/** Each is handed out once, when it is done; what is left early is not watched any more. */
const completed = (title: string, leaves: boolean): Explored => ({
  title,
  cancels: 2,
  async main(): Promise<void> {
    const children = [2, 1, 1].map((delay, index) => createTask(sleep(delay, index), { name: `child-${index}` }))
    const seen: unknown[] = []
    const parent = createTask(
      async () => {
        for await (const child of asCompleted(children, { timeout: 5 })) {
          holds(child.done(), 'what is handed out is done')
          seen.push(child)
          if (leaves && seen.length === 2) break
        }
      },
      { name: 'parent' },
    )
    await wait([parent])
    holds(new Set(seen).size === seen.length, 'nothing is handed out twice')
    if (!parent.cancelled() && parent.exception() === null) {
      holds(seen.length === (leaves ? 2 : 3), 'all are handed out')
      if (leaves) holds(!children.some((child) => String(child).includes('onDone')), 'nothing is watched any more')
    }
    await wait(children)
  },
})

/** Tasks whose first step runs inside `createTask` belong to the group all the same, whatever that step does. */
const eagerGroups = (title: string, cancels: Explored['cancels']): Explored => ({
  title,
  ...(cancels !== undefined && { cancels }),
  async main(): Promise<void> {
    let running = 0
    const parent = createTask(
      async () => {
        await timeout(10, () =>
          taskGroup(async (tg) => {
            const child = async (kind: number): Promise<void> => {
              running++
              try {
                if (kind === 1) tg.cancel()
                await sleep(kind)
                if (kind === 0) tg.createTask(() => child(2), { eagerStart: true, name: 'child-late' })
                await sleep(60)
              } finally {
                try {
                  await sleep(0)
                } finally {
                  running--
                }
              }
            }
            for (const kind of [0, 2, 1]) tg.createTask(() => child(kind), { eagerStart: true, name: `child-${kind}` })
          }),
        )
        holds(currentTask()!.cancelling() === 0, 'the group takes its cancel back')
      },
      { name: 'parent' },
    )
    await wait([parent])
    const error = parent.cancelled() ? null : parent.exception()
    holds(error === null, `a cancelled group ends without an error of its own, not with ${String(error)}`)
    holds(running === 0, 'every task has ended')
  },
})

export const mapPrograms: readonly Explored[] = [
  maps('mapConcurrent', 2),
  maps('mapConcurrent, with the map alone cancelled', { count: 2, tasks: only('parent') }),
  asyncMaps('mapConcurrent over an async iterator', 2),
  asyncMaps('mapConcurrent over an async iterator, with the map alone cancelled', { count: 1, tasks: only('parent') }),
  completed('asCompleted', false),
  completed('asCompleted that is left early', true),
  eagerGroups('taskGroup of eager tasks that cancel it', 1),
  eagerGroups('taskGroup of eager tasks that cancel it, with its parent left alone', {
    count: 2,
    tasks: only('child'),
  }),
]
