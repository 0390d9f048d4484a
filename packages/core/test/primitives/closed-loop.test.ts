import { describe, expect, test } from 'vitest'
import { coroutine } from '../../src/index.ts'
import { Waiter, WaiterQueue } from '../../src/primitives.ts'
import { drive, ManualLoop } from '../../../../test-support/manual-loop.ts'

const join = coroutine(function* (queue: WaiterQueue) {
  yield* new Waiter<void>(queue, 'the lock' as never)
})

describe('a queue of waiters whose loop is closed', () => {
  test('serves the next loop, and has forgotten who waits there', async () => {
    const first = new ManualLoop()
    const queue = new WaiterQueue()
    const sibling = new WaiterQueue(queue)
    const stuck = [queue, sibling].map((each) => first.createTask(join(each)))
    first.turn()
    first.setExceptionHandler(() => undefined)
    expect([queue.live, sibling.live]).toEqual([1, 1])
    first.close()
    const second = new ManualLoop()
    const task = second.createTask(join(queue))
    second.turn()
    expect([queue.live, sibling.live, sibling.first]).toEqual([1, 0, null])
    expect([queue.releaseNext(), sibling.wakeNext()]).toEqual([true, false])
    await drive(second, () => task.done())
    expect([task.exception(), ...stuck.map((each) => each.done())]).toEqual([null, false, false])
  })

  test('is still refused to another loop while the first is open', async () => {
    const first = new ManualLoop()
    const queue = new WaiterQueue()
    first.createTask(join(queue))
    first.turn()
    const second = new ManualLoop()
    const task = second.createTask(join(queue))
    await drive(second, () => task.done())
    expect(() => task.result()).toThrow(/bound to a different event loop/)
  })
})

describe('a task that throws what cannot be looked at', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const sly = {
    get [Symbol.for('asyncio-ts.CancelledError')](): never {
      throw new Error('looked at')
    },
    toString(): never {
      throw new Error('shown')
    },
  }

  test.each([
    ['a revoked proxy', proxy],
    ['an object whose getters throw', sly],
  ])('ends: %s', async (_name, thrown) => {
    for (const body of [
      function* () {
        throw thrown
      },
      async () => {
        throw thrown
      },
    ]) {
      const loop = new ManualLoop()
      const task = loop.createTask(body as () => Promise<void>)
      await drive(loop, () => task.done())
      expect(task.exception() === thrown).toBe(true)
      expect(String(task)).toContain('exception=<object>')
    }
  })
})

describe('a function that a task runs', () => {
  test('gets the task where it asks for it with a parameter', async () => {
    const loop = new ManualLoop()
    const seen: unknown[] = []
    const bodies: ((task: never) => Promise<void> | Generator<undefined, void>)[] = [
      async (task) => void seen.push(task),
      function* (task) {
        seen.push(task)
      },
    ]
    const tasks = bodies.map((body) => loop.createTask(body as never))
    await drive(loop, () => tasks.every((task) => task.done()))
    expect(seen.every((value, index) => value === tasks[index])).toBe(true)
  })

  test('keeps its defaults and rest parameters', async () => {
    const loop = new ManualLoop()
    const seen: unknown[] = []
    const bodies = [
      async (args: unknown = 'default') => void seen.push(args),
      async (...rest: unknown[]) => void seen.push(rest.length),
      function* (args: unknown = 'default') {
        seen.push(args)
      },
    ]
    const tasks = bodies.map((body) => loop.createTask(body as never))
    await drive(loop, () => tasks.every((task) => task.done()))
    expect(seen).toEqual(expect.arrayContaining(['default', 0, 'default']))
    expect(seen).toHaveLength(3)
  })
})
