import { describe, expect, test } from 'vitest'
import { EventLoop } from '@asyncio-ts/loop'
import { describeEventLoop, VirtualLoop } from '../src/index.ts'
import type { TestedLoop, TestRunner } from '../src/index.ts'

describe('the loop of @asyncio-ts/loop is', () => {
  describeEventLoop(() => new EventLoop(), { runner: { describe, test } })
})

describe('the loop in virtual time is', () => {
  describeEventLoop(() => new VirtualLoop(), { runner: { describe, test } })
})

describe('the loop in virtual time, over sockets, is', () => {
  describeEventLoop(() => new VirtualLoop({ network: 'real' }), { runner: { describe, it: test } })
})

describe('the suite', () => {
  async function failuresOf(factory: () => TestedLoop): Promise<string[]> {
    const bodies: [string, () => Promise<void>][] = []
    const runner: TestRunner = { describe: (_name, body) => body(), test: (...args) => bodies.push(args) }
    describeEventLoop(factory, { runner, network: false })
    const failures: string[] = []
    for (const [title, body] of bodies) await body().catch(() => failures.push(title))
    return failures
  }

  test('finds a loop that runs last in, first out', async () => {
    class Backwards extends EventLoop {
      constructor() {
        const items: { run(): void }[] = []
        const ready = {
          get size() {
            return items.length
          },
          push: (item: { run(): void }) => void items.push(item),
          shift: () => items.pop()!,
          clear: () => void items.splice(0),
        }
        super({ ready })
      }
    }
    expect(await failuresOf(() => new Backwards())).toContain(
      'callSoon runs callbacks with their arguments, first in, first out',
    )
  })

  test('finds a loop whose timers are early', async () => {
    const early = (): EventLoop => {
      const loop = new EventLoop()
      const callLater = loop.callLater.bind(loop)
      loop.callLater = ((delay: number, callback: () => void) => callLater(delay / 2, callback)) as never
      return loop
    }
    expect(await failuresOf(early)).toContain(
      'callLater runs no earlier than its delay says, and when() tells the time',
    )
  })

  test('says what it needs, and refuses to skip what does not exist', () => {
    expect(() => describeEventLoop(() => new EventLoop())).toThrow(/needs a test library/)
    const runner = { describe, test }
    expect(() => describeEventLoop(() => new EventLoop(), { runner, skip: { nothing: 'no reason' } })).toThrow(
      /renamed/,
    )
  })
})
