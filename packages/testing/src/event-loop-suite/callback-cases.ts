import { ContextVar, copyContext } from '@asyncio-ts/core'
import { equal, holds, throws } from './expectations.ts'
import type { LoopCase, TestedLoop } from './tested-loop.ts'

/** Runs what is scheduled, until something stops the loop. */
async function untilStopped(loop: TestedLoop): Promise<void> {
  await loop.runForever()
}

export const callbackCases: readonly LoopCase[] = [
  {
    title: 'callSoon runs callbacks with their arguments, first in, first out',
    async run(loop) {
      const seen: unknown[] = []
      for (const n of [1, 2, 3]) loop.callSoon((...args: number[]) => seen.push(...args), n, n * 10)
      loop.callSoon(() => loop.stop())
      await untilStopped(loop)
      equal(seen, [1, 10, 2, 20, 3, 30])
    },
  },
  {
    title: 'callSoon runs nothing before the loop runs',
    run(loop) {
      let ran = false
      loop.callSoon(() => (ran = true))
      equal(ran, false)
    },
  },
  {
    title: 'what a callback schedules runs in the next turn',
    async run(loop) {
      const seen: string[] = []
      loop.callSoon(() => {
        seen.push('first')
        loop.callSoon(() => seen.push('nested'))
      })
      loop.callSoon(() => {
        seen.push('second')
        loop.callSoon(() => loop.stop())
      })
      await untilStopped(loop)
      equal(seen, ['first', 'second', 'nested'])
    },
  },
  {
    title: 'a cancelled handle does not run',
    async run(loop) {
      const seen: string[] = []
      const handle = loop.callSoon(() => seen.push('cancelled'))
      equal(handle.cancelled(), false)
      handle.cancel()
      equal(handle.cancelled(), true)
      loop.callSoon(() => loop.stop())
      await untilStopped(loop)
      equal(seen, [])
    },
  },
  {
    title: 'callbacks run in a copy of the context in which they were scheduled, or in the one given',
    async run(loop) {
      const variable = new ContextVar<string>('variable', { default: 'none' })
      const seen: string[] = []
      const given = copyContext()
      given.run(() => variable.set('given'))
      copyContext().run(() => {
        variable.set('copied')
        loop.callSoon(() => seen.push(variable.get()))
        variable.set('too late')
      })
      loop.callSoon(() => seen.push(variable.get()), { context: given })
      const handle = loop.callSoon(() => loop.stop(), { context: given })
      holds(handle.getContext() === given, 'a handle knows its context')
      await untilStopped(loop)
      equal(seen, ['copied', 'given'])
      equal(variable.get(), 'none')
    },
  },
  {
    title: 'callSoonThreadsafe wakes a loop that has nothing to do',
    async run(loop) {
      const running = loop.runForever()
      await new Promise<void>((resolve) => queueMicrotask(resolve))
      loop.callSoonThreadsafe(() => loop.stop())
      await running
    },
  },
  {
    title: 'what is not a function is refused at the call',
    run(loop) {
      throws('TypeError', () => loop.callSoon('nothing' as never))
      throws('TypeError', () => loop.callLater(0, null as never))
      throws('TypeError', () => loop.callAt(0, {} as never))
    },
  },
]

export const timerCases: readonly LoopCase[] = [
  {
    title: 'time goes on and never back',
    async run(loop) {
      const before = loop.time()
      loop.callLater(0.002, () => loop.stop())
      await untilStopped(loop)
      holds(loop.time() >= before + 0.002, 'the clock has gone on by the delay of a timer that has run')
    },
  },
  {
    title: 'timers run in the order of their deadlines, equal ones in the order of the calls',
    async run(loop) {
      const seen: string[] = []
      const start = loop.time()
      loop.callAt(start + 0.004, () => loop.stop())
      loop.callAt(start + 0.003, () => seen.push('c'))
      loop.callAt(start + 0.001, () => seen.push('a'))
      loop.callAt(start + 0.003, () => seen.push('d'))
      loop.callAt(start + 0.002, () => seen.push('b'))
      await untilStopped(loop)
      equal(seen, ['a', 'b', 'c', 'd'])
    },
  },
  {
    title: 'callLater runs no earlier than its delay says, and when() tells the time',
    async run(loop) {
      const start = loop.time()
      let ranAt = 0
      const timer = loop.callLater(0.005, () => {
        ranAt = loop.time()
        loop.stop()
      })
      holds(timer.when() >= start + 0.005, 'when() is the time of the call and the delay')
      await untilStopped(loop)
      holds(ranAt >= timer.when(), 'the timer runs when it is due')
    },
  },
  {
    title: 'a timer whose time has passed runs in the next turn, after what is ready',
    async run(loop) {
      const seen: string[] = []
      loop.callLater(-1, () => {
        seen.push('timer')
        loop.stop()
      })
      loop.callSoon(() => seen.push('ready'))
      await untilStopped(loop)
      equal(seen, ['ready', 'timer'])
    },
  },
  {
    title: 'a cancelled timer does not run, and is not waited for',
    async run(loop) {
      const seen: string[] = []
      const timers = Array.from({ length: 300 }, () => loop.callLater(1000, () => seen.push('late')))
      loop.callLater(0.001, (word: string) => seen.push(word), 'kept')
      for (const timer of timers) timer.cancel()
      timers[0]!.cancel()
      loop.callLater(0.002, () => loop.stop())
      await untilStopped(loop)
      equal(seen, ['kept'])
    },
  },
  {
    title: 'what is no number of seconds is refused at the call',
    run(loop) {
      throws('TypeError', () => loop.callLater('1' as never, () => undefined))
      throws('ValueError', () => loop.callLater(NaN, () => undefined))
      throws('TypeError', () => loop.callAt(null as never, () => undefined))
    },
  },
]
