import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setRunningLoop, Waiter, WaiterQueue } from '../../src/primitives.ts'
import { ManualLoop } from '../../../../test-support/manual-loop.ts'

const owner = { toString: () => '<Owner>' }

/** Runs `body` with a loop that does not turn. */
function onLoop<T>(body: (loop: ManualLoop) => T): T {
  const loop = new ManualLoop()
  setRunningLoop(loop)
  try {
    return body(loop)
  } finally {
    setRunningLoop(null)
    loop.close()
  }
}

describe('WaiterQueue', () => {
  it('wakes the oldest waiter that is not done, and leaves it in its place', () =>
    onLoop(() => {
      const queue = new WaiterQueue()
      const [a, b, c] = [queue.add(owner), queue.add(owner), queue.add(owner)]
      a.cancel()
      expect(queue.wakeNext()).toBe(true)
      expect([a.done(), b.done(), c.done()]).toEqual([true, true, false])
      expect([b.cancelled(), queue.first === a, queue.live]).toEqual([false, true, 2])
      expect([queue.wakeNext(), queue.wakeNext()]).toEqual([true, false])
      expect(queue.live).toBe(2)
    }))

  it('releases the oldest waiter that is not done, with those before it', () =>
    onLoop(() => {
      const queue = new WaiterQueue()
      const [a, b, c] = [queue.add(owner), queue.add(owner), queue.add(owner)]
      a.cancel()
      expect(queue.releaseNext()).toBe(true)
      expect([b.done(), queue.first === c, queue.live]).toEqual([true, true, 1])
      queue.remove(b)
      queue.remove(a)
      expect(queue.live).toBe(1)
      expect([queue.releaseNext(), queue.releaseNext(), queue.first]).toEqual([true, false, null])
    }))

  it('tells of a waiter that leaves early whether it had been woken', () =>
    onLoop(() => {
      const queue = new WaiterQueue()
      const [woken, failed, closed] = [queue.add(owner), queue.add(owner), queue.add(owner)]
      queue.wakeNext()
      failed._settle(2, new Error('time is up'))
      expect(queue.live).toBe(2)
      expect([woken, failed, closed].map((each) => queue.abandon(each))).toEqual([true, false, false])
      expect([closed.cancelled(), queue.live, queue.first]).toEqual([true, 0, null])
    }))

  it('wakes everybody', () =>
    onLoop(() => {
      const queue = new WaiterQueue()
      const waiters = [1, 2, 3].map(() => queue.add(owner))
      queue.wakeAll()
      expect(waiters.every((each) => each instanceof Waiter && each.result() === undefined)).toBe(true)
    }))

  it('belongs to the loop of its first waiter, together with the queues of the same primitive', () => {
    const first = new WaiterQueue()
    const second = new WaiterQueue(first)
    const third = new WaiterQueue(second)
    const open = new ManualLoop()
    setRunningLoop(open)
    first.add(owner)
    setRunningLoop(null)
    onLoop(() => {
      const message = '<Owner> is bound to a different event loop: make one for each loop.'
      for (const queue of [first, second, third]) expect(() => queue.add(owner)).toThrow(message)
      expect([second.live, third.live]).toEqual([0, 0])
    })
    open.close()
  })

  it('WAITERS-1: is a list from which anybody can leave, whatever has happened', () => {
    const step = fc.tuple(fc.constantFrom('add', 'wake', 'release', 'cancel', 'fail', 'remove', 'abandon'), fc.nat(12))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (script) =>
        onLoop(() => {
          const queue = new WaiterQueue()
          const all: Waiter[] = []
          let model: Waiter[] = []
          const pending = (): Waiter | undefined => model.find((each) => !each.done())
          for (const [action, index] of script) {
            const waiter = all[index]
            if (action === 'add') {
              all.push(queue.add(owner))
              model.push(all.at(-1)!)
            } else if (action === 'wake') {
              const expected = pending()
              expect(queue.wakeNext()).toBe(expected !== undefined)
              if (expected) expect(expected.result()).toBe(undefined)
            } else if (action === 'release') {
              const expected = pending()
              expect(queue.releaseNext()).toBe(expected !== undefined)
              model = expected ? model.slice(model.indexOf(expected) + 1) : []
            } else if (action === 'cancel') waiter?.cancel()
            else if (action === 'fail') {
              if (waiter?.done() === false) waiter._settle(2, new Error('failed'))
              // Nobody waits for it: seen, as far as reports go.
              waiter?.cancel()
            } else if (waiter) {
              if (action === 'remove') queue.remove(waiter)
              else expect(queue.abandon(waiter)).toBe(!waiter.cancelled() && waiter._state === 1)
              model = model.filter((each) => each !== waiter)
            }
            expect(queue.first === (model[0] ?? null)).toBe(true)
            expect(queue.live).toBe(model.filter((each) => each._state < 2).length)
          }
        }),
      ),
      { numRuns: 500 },
    )
  })
})
