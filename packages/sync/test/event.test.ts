import { describe, expect, it } from 'vitest'
import { both } from '../../../test-support/both.ts'
import { Event } from '../src/index.ts'

describe('Event', () => {
  both('lets nobody wait once it is set', function* ({ wait, loop }) {
    const event = new Event()
    event.set()
    let turned = false
    loop.callSoon(() => (turned = true))
    expect(yield* wait(event.wait())).toBe(true)
    expect(event.isSet()).toBe(true)
    expect(turned).toBe(false)
  })

  both('wakes everybody, in the order in which they came', function* ({ start, turns }) {
    const event = new Event()
    const log: string[] = []
    const wakeUp = (name: string) =>
      start(function* (wait) {
        expect(yield* wait(event.wait())).toBe(true)
        log.push(name)
      })
    for (const name of ['a', 'b', 'c']) wakeUp(name)
    yield* turns(2)
    expect(event.statistics()).toEqual({ isSet: false, waiting: 3 })
    event.set()
    event.set()
    yield* turns(2)
    expect(log).toEqual(['a', 'b', 'c'])
    expect(event.statistics()).toEqual({ isSet: true, waiting: 0 })
  })

  both('wakes those who waited even when it is cleared in the same turn', function* ({ start, turns }) {
    const event = new Event()
    const waited = start((wait) => wait(event.wait()))
    yield* turns(2)
    event.set()
    event.clear()
    const late = start((wait) => wait(event.wait()))
    yield* turns(3)
    expect([waited.done(), late.done()]).toEqual([true, false])
    event.set()
    yield* turns(2)
    expect(late.result()).toBe(true)
  })

  both('forgets who was cancelled', function* ({ start, turns }) {
    const event = new Event()
    const [a, b] = [start((wait) => wait(event.wait())), start((wait) => wait(event.wait()))]
    yield* turns(2)
    a.cancel()
    a.cancel()
    yield* turns(2)
    expect(a.cancelled()).toBe(true)
    expect(event.statistics().waiting).toBe(1)
    event.set()
    yield* turns(2)
    expect(b.result()).toBe(true)
  })

  both('lets a cancel prevail that comes after it was set', function* ({ start, turns }) {
    const event = new Event()
    const task = start((wait) => wait(event.wait()))
    yield* turns(2)
    event.set()
    task.cancel()
    yield* turns(2)
    expect(task.cancelled()).toBe(true)
  })

  both('forgets who was closed', function* ({ turns }) {
    const event = new Event()
    const closed = event.wait()
    closed.next()
    closed.return(true)
    expect(event.statistics().waiting).toBe(0)
    event.set()
    yield* turns(1)
  })

  both('appears as in CPython', function* ({ start, turns }) {
    const event = new Event()
    expect(String(event)).toBe('<Event [unset]>')
    start((wait) => wait(event.wait()))
    yield* turns(2)
    expect(String(event)).toBe('<Event [unset, waiters:1]>')
    event.set()
    yield* turns(2)
    expect(String(event)).toBe('<Event [set]>')
    expect(String(event.wait())).toBe('<coroutine object Event.wait>')
  })

  it('is inspected as it prints', async () => {
    const { inspect } = await import('node:util')
    expect(inspect(new Event())).toBe('<Event [unset]>')
  })
})
