import { equal, holds, rejects, throws } from './expectations.ts'
import type { LoopCase } from './tested-loop.ts'

export const lifecycleCases: readonly LoopCase[] = [
  {
    title: 'stop ends the loop with the turn, what was ready included',
    async run(loop) {
      const seen: string[] = []
      loop.callSoon(() => loop.stop())
      loop.callSoon(() => {
        seen.push('same turn')
        loop.callSoon(() => seen.push('next turn'))
      })
      await loop.runForever()
      equal(seen, ['same turn'])
      loop.stop()
      await loop.runForever()
      equal(seen, ['same turn', 'next turn'])
    },
  },
  {
    title: 'a loop that was stopped before it runs makes one turn',
    async run(loop) {
      let turns = 0
      const again = (): void => {
        turns++
        loop.callSoon(again)
      }
      loop.callSoon(again)
      loop.stop()
      await loop.runForever()
      equal(turns, 1)
    },
  },
  {
    title: 'isRunning tells whether it runs',
    async run(loop) {
      equal(loop.isRunning(), false)
      let inside = false
      loop.callSoon(() => {
        inside = loop.isRunning()
        loop.stop()
      })
      await loop.runForever()
      equal([inside, loop.isRunning()], [true, false])
    },
  },
  {
    title: 'a running loop cannot be run or closed',
    async run(loop) {
      await loop.runUntilComplete(async () => {
        await rejects('RuntimeError', loop.runForever())
        throws('RuntimeError', () => loop.close())
      })
    },
  },
  {
    title: 'runUntilComplete fails when the loop is stopped first',
    async run(loop) {
      const future = loop.createFuture()
      loop.callSoon(() => loop.stop())
      await rejects('RuntimeError', loop.runUntilComplete(future))
    },
  },
  {
    title: 'a closed loop refuses to do anything',
    async run(loop) {
      let ran = false
      loop.callSoon(() => (ran = true))
      loop.close()
      loop.close()
      equal(loop.isClosed(), true)
      throws('RuntimeError', () => loop.callSoon(() => undefined))
      throws('RuntimeError', () => loop.callLater(1, () => undefined))
      throws('RuntimeError', () => loop.callSoonThreadsafe(() => undefined))
      throws('RuntimeError', () => loop.createTask(async () => undefined))
      await rejects('RuntimeError', loop.runForever())
      equal(ran, false)
    },
  },
  {
    title: 'it can be driven by hand, a turn at a time',
    run(loop) {
      const seen: string[] = []
      equal(loop.nextTimeout(), null)
      loop.callSoon(() => {
        seen.push('first')
        loop.callSoon(() => seen.push('second'))
      })
      equal(loop.nextTimeout(), 0)
      loop.turn()
      equal(seen, ['first'])
      loop.turn()
      equal(seen, ['first', 'second'])
      equal(loop.nextTimeout(), null)
      const timer = loop.callLater(1000, () => undefined)
      const timeout = loop.nextTimeout()
      holds(timeout !== null && timeout > 990 && timeout <= 1000, 'nextTimeout() is the time until the next timer')
      timer.cancel()
      equal(loop.nextTimeout(), null)
    },
  },
  {
    title: 'debug mode can be turned on and off',
    run(loop) {
      loop.setDebug(true)
      equal(loop.getDebug(), true)
      throws('TypeError', () => loop.callSoon(async () => undefined))
      loop.setDebug(false)
      equal(loop.getDebug(), false)
    },
  },
]
