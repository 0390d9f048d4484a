import { createConnection, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { coroutine, Future, getRunningLoop, Task } from '../../src/index.ts'
import { BaseEventLoop } from '../../src/primitives.ts'
import type { Host } from '../../src/index.ts'
import { runChild } from '../child.ts'

const pause = coroutine(function* () {
  yield undefined
})

describe('the ambient loop', () => {
  test('needs no ceremony: a task runs by itself', async () => {
    const seen: string[] = []
    const task = new Task(function* () {
      seen.push('ran')
      yield undefined
      return 5
    })
    expect(seen).toEqual([])
    expect(await task).toBe(5)
  })

  test('waits in seconds of the real clock', async () => {
    const loop = getRunningLoop()
    const future = new Future<number>()
    const start = loop.time()
    loop.callLater(0.02, () => future.setResult(loop.time() - start))
    expect(await future).toBeGreaterThanOrEqual(0.02)
  })

  test('never runs a timer early', async () => {
    const loop = getRunningLoop()
    const early: number[] = []
    const waits = [0.0001, 0.0007, 0.001, 0.0013, 0.002, 0.0051].map((seconds) => {
      const future = new Future<void>()
      const when = loop.time() + seconds
      loop.callAt(when, () => {
        if (loop.time() < when) early.push(seconds)
        future.setResult()
      })
      return future
    })
    await Promise.all(waits)
    expect(early).toEqual([])
  })

  test('cannot be closed', () => {
    expect(() => (getRunningLoop() as unknown as BaseEventLoop).close()).toThrow('belongs to the process')
  })

  test('lets immediates in while tasks spin', async () => {
    let spinning = true
    const spin = async () => {
      while (spinning) await pause()
    }
    const spinGenerator = function* () {
      while (spinning) yield undefined
    }
    const tasks = [
      ...Array.from({ length: 20 }, () => new Task(spin)),
      ...Array.from({ length: 20 }, () => new Task(spinGenerator)),
    ]
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve))
    spinning = false
    await Promise.all(tasks)
    expect(tasks.every((task) => task.done())).toBe(true)
  })

  test('lets sockets in while tasks spin', async () => {
    const server = createServer((socket) => socket.pipe(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    let spinning = true
    const tasks = Array.from(
      { length: 50 },
      () =>
        new Task(function* () {
          while (spinning) yield undefined
        }),
    )
    const client = createConnection((server.address() as AddressInfo).port, '127.0.0.1')
    try {
      for (const message of ['one', 'two', 'three']) {
        client.write(message)
        expect(String(await new Promise((resolve) => client.once('data', resolve)))).toBe(message)
      }
    } finally {
      spinning = false
      client.destroy()
      server.close()
    }
    await Promise.all(tasks)
  })

  test('lets host timers in while tasks spin', async () => {
    let spinning = true
    setTimeout(() => (spinning = false), 2)
    await new Task(function* () {
      while (spinning) yield undefined
    })
    expect(spinning).toBe(false)
  })

  test('lets async functions settle between two turns', async () => {
    const loop = getRunningLoop()
    const seen: string[] = []
    const gate = new Future<void>()
    const task = new Task(async () => {
      await gate
      await null
      await null
      seen.push('async function')
    })
    await pause()
    loop.callSoon(() => {
      gate.setResult()
      loop.callSoon(() => loop.callSoon(() => seen.push('two turns later')))
    })
    await task
    await pause()
    await pause()
    expect(seen).toEqual(['async function', 'two turns later'])
  })

  test('goes on after a callback that throws', async () => {
    const loop = getRunningLoop()
    const previous = loop.getExceptionHandler()
    const told: unknown[] = []
    loop.setExceptionHandler((_, context) => told.push(context.exception))
    try {
      loop.callSoon(() => {
        throw new Error('one')
      })
      const future = new Future<string>()
      loop.callSoon(() => future.setResult('went on'))
      expect(await future).toBe('went on')
      expect(told.map((error) => (error as Error).message)).toEqual(['one'])
    } finally {
      loop.setExceptionHandler(previous)
    }
  })
})

/** A host whose timers fire when they are told to. */
class ManualHost implements Host {
  readonly maxTimerMs = 2 ** 31 - 1
  readonly timers: { callback: () => void; delayMs: number; cleared: boolean }[] = []
  readonly deferred: (() => void)[] = []

  defer(callback: () => void): void {
    this.deferred.push(callback)
  }

  setTimer(callback: () => void, delayMs: number): unknown {
    const timer = { callback, delayMs, cleared: false }
    this.timers.push(timer)
    return timer
  }

  clearTimer(timer: unknown): void {
    ;(timer as { cleared: boolean }).cleared = true
  }

  keepAlive(): () => void {
    return () => undefined
  }

  /** Runs what was deferred, until nothing is. */
  flush(): void {
    for (let callback = this.deferred.shift(); callback !== undefined; callback = this.deferred.shift()) callback()
  }

  get pending() {
    return this.timers.filter((timer) => !timer.cleared)
  }
}

class PumpedLoop extends BaseEventLoop {
  start(): void {
    this._pump.start(null)
  }
}

function pumpedLoop() {
  const host = new ManualHost()
  const clock = { time: 0, now: () => clock.time }
  const loop = new PumpedLoop({ host, clock })
  loop.start()
  host.flush()
  return { host, clock, loop }
}

describe('a timer that is due already', () => {
  test('runs after what is ready, without a timer of the host', () => {
    const { host, loop } = pumpedLoop()
    const seen: string[] = []
    loop.callSoon(() => {
      loop.callSoon(() => seen.push('soon before'))
      loop.callLater(0, () => {
        seen.push('zero')
        loop.callLater(0, () => seen.push('zero again'))
      })
      loop.callLater(-1, () => seen.push('in the past'))
      loop.callSoon(() => seen.push('soon after'))
    })
    host.flush()
    expect(seen).toEqual(['soon before', 'soon after', 'in the past', 'zero', 'zero again'])
    expect(host.timers).toEqual([])
  })

  test('runs when time goes on between two looks at the clock', () => {
    const { host, clock, loop } = pumpedLoop()
    const seen: string[] = []
    loop.callSoon(() => {
      clock.time += 0.00001
      loop.callLater(0, () => seen.push('zero'))
    })
    host.flush()
    expect(seen).toEqual(['zero'])
    expect(host.timers).toEqual([])
  })

  test('runs in the next tick when the slice is over, and starves nothing of the host', () => {
    const { host, clock, loop } = pumpedLoop()
    let runs = 0
    const again = (): void => {
      runs++
      clock.time += 0.001
      loop.callLater(0, again)
    }
    loop.callSoon(again)
    for (let tick = 1; tick < 5; tick++) {
      expect(host.deferred).toHaveLength(1)
      host.deferred.shift()!()
      expect(runs).toBe(tick)
    }
    expect(host.timers).toEqual([])
  })

  test('runs in the next tick when it was added while the loop was idle', () => {
    const { host, loop } = pumpedLoop()
    let ran = false
    loop.callLater(0, () => (ran = true))
    host.flush()
    expect(ran).toBe(true)
    expect(host.timers).toEqual([])
  })
})

describe('a pump and its host', () => {
  test('defers nothing while it is idle, and one tick for many callbacks', () => {
    const { host, loop } = pumpedLoop()
    expect(host.deferred).toHaveLength(0)
    const seen: number[] = []
    for (const n of [1, 2, 3]) loop.callSoon(() => seen.push(n))
    expect(host.deferred).toHaveLength(1)
    host.flush()
    expect(seen).toEqual([1, 2, 3])
  })

  test('turns at the end of an event of the host, without a trip through the host', () => {
    const { host, loop } = pumpedLoop()
    const seen: string[] = []
    expect(loop._beginEvent()).toBe(true)
    expect(loop._beginEvent()).toBe(false)
    loop.callSoon(() => seen.push('callback of the event'))
    expect(seen).toEqual([])
    loop._endEvent()
    expect(seen).toEqual(['callback of the event'])
    expect(host.deferred).toHaveLength(0)
    loop.callSoon(() => seen.push('later'))
    expect(host.deferred).toHaveLength(1)
    expect(loop._beginEvent()).toBe(false)
    host.flush()
    expect(seen).toHaveLength(2)
  })

  test('leaves what does not fit into a slice after an event to the host', () => {
    const { host, clock, loop } = pumpedLoop()
    let turns = 0
    loop._beginEvent()
    loop.createTask(function* () {
      while (++turns < 1000) {
        clock.time += 0.00001
        yield undefined
      }
    })
    loop._endEvent()
    expect(turns).toBeGreaterThan(1)
    expect(turns).toBeLessThan(100)
    expect(host.deferred).toHaveLength(1)
    host.flush()
    expect(turns).toBe(1000)
  })

  test('sets the timer that an event of the host has asked for', () => {
    const { host, clock, loop } = pumpedLoop()
    const seen: string[] = []
    loop._beginEvent()
    loop.callLater(1, () => seen.push('due'))
    loop._endEvent()
    expect(host.deferred).toHaveLength(0)
    expect(host.pending.map((timer) => timer.delayMs)).toEqual([1000])
    clock.time = 1
    host.pending[0]!.callback()
    expect(seen).toEqual(['due'])
  })

  test('ends with the event in which it is told to', () => {
    const host = new ManualHost()
    let stopped = 0
    class StoppingLoop extends BaseEventLoop {
      start = (): void => this._pump.start(() => void stopped++)
      end = (): void => this._pump.requestStop()
    }
    const loop = new StoppingLoop({ host })
    loop.start()
    host.flush()
    expect(loop._beginEvent()).toBe(true)
    loop.end()
    expect(stopped).toBe(0)
    loop._endEvent()
    expect(stopped).toBe(1)
    expect(loop._beginEvent()).toBe(false)
  })

  test('sets one timer of the host, for the earliest deadline', () => {
    const { host, clock, loop } = pumpedLoop()
    const seen: string[] = []
    loop.callLater(5, () => seen.push('late'))
    loop.callLater(2, () => seen.push('early'))
    loop.callLater(9, () => seen.push('last'))
    host.flush()
    expect(host.pending.map((timer) => timer.delayMs)).toEqual([2000])
    clock.time = 2
    host.pending[0]!.callback()
    host.flush()
    expect(seen).toEqual(['early'])
    expect(host.timers.at(-1)!.delayMs).toBe(3000)
  })

  test('moves the timer forward for an earlier deadline that comes later', () => {
    const { host, loop } = pumpedLoop()
    loop.callLater(10, () => undefined)
    host.flush()
    loop.callLater(1, () => undefined)
    host.flush()
    expect(host.pending.map((timer) => timer.delayMs)).toEqual([1000])
  })

  test('lets go of the timer when every deadline is cancelled', () => {
    const { host, loop } = pumpedLoop()
    const handles = [loop.callLater(3, () => undefined), loop.callLater(5, () => undefined)]
    host.flush()
    expect(host.pending).toHaveLength(1)
    for (const handle of handles) handle.cancel()
    expect(host.pending).toHaveLength(0)
    expect(loop.nextTimeout()).toBe(null)
  })

  test('asks for no longer delay than the host takes, and asks again', () => {
    const { host, clock, loop } = pumpedLoop()
    const month = 30 * 24 * 3600
    const seen: string[] = []
    loop.callLater(month, () => seen.push('a month later'))
    host.flush()
    expect(host.pending.map((timer) => timer.delayMs)).toEqual([2 ** 31 - 1])
    clock.time = (2 ** 31 - 1) / 1000
    host.timers[0]!.callback()
    host.flush()
    expect(seen).toEqual([])
    expect(host.timers).toHaveLength(2)
    expect(host.timers[1]!.delayMs - (month * 1000 - (2 ** 31 - 1))).toBeLessThanOrEqual(1)
    clock.time = month
    host.timers[1]!.callback()
    host.flush()
    expect(seen).toEqual(['a month later'])
    expect(host.timers).toHaveLength(2)
  })

  test('asks again when the timer of the host fires early', () => {
    const { host, clock, loop } = pumpedLoop()
    const seen: string[] = []
    loop.callLater(1, () => seen.push('due'))
    host.flush()
    clock.time = 0.9996
    host.timers[0]!.callback()
    host.flush()
    expect([seen.length, host.timers.length, host.timers[1]!.delayMs]).toEqual([0, 2, 1])
    clock.time = 1.0006
    host.timers[1]!.callback()
    host.flush()
    expect(seen).toEqual(['due'])
  })

  test('accepts an infinite delay, which never comes', () => {
    const { host, loop } = pumpedLoop()
    const handle = loop.callLater(Infinity, () => undefined)
    host.flush()
    expect(host.pending.map((timer) => timer.delayMs)).toEqual([2 ** 31 - 1])
    handle.cancel()
    expect(host.pending).toHaveLength(0)
  })

  test('runs the callbacks of an already passed deadline in the next turn, not inside the call', () => {
    const { host, loop } = pumpedLoop()
    const seen: string[] = []
    loop.callLater(-5, () => seen.push('negative'))
    loop.callAt(-100, () => seen.push('long past'))
    loop.callLater(0, () => seen.push('zero'))
    expect(seen).toEqual([])
    host.flush()
    // The host's shortest delay is a millisecond; what is due already must not wait for it.
    if (seen.length === 0) host.pending[0]!.callback()
    expect(seen).toEqual(['long past', 'negative', 'zero'])
  })
})

describe('the life of the process', () => {
  test('goes on while a timer is pending', async () => {
    const { stdout, code } = await runChild(`core.getRunningLoop().callLater(0.05, () => console.log('fired'))`)
    expect([stdout, code]).toEqual(['fired\n', 0])
  })

  test('goes on while tasks are ready', async () => {
    const { stdout } = await runChild(
      `new core.Task(function* () { for (let i = 0; i < 1000; i++) yield; console.log('done') })`,
    )
    expect(stdout).toBe('done\n')
  })

  test('ends though a future is pending, with tasks waiting for it', async () => {
    const { stdout, code, signal } = await runChild(
      `const future = new core.Future()
      new core.Task(async () => { await future })
      new core.Task(function* () { yield* future })
      void future.then(() => console.log('never'))
      console.log('end of the module')`,
      { limitMs: 5000 },
    )
    expect([stdout, code, signal]).toEqual(['end of the module\n', 0, null])
  })

  test('ends when all timers have been cancelled', async () => {
    const { stdout, code, signal } = await runChild(
      `const loop = core.getRunningLoop()
      const handles = Array.from({ length: 300 }, (_, i) => loop.callLater(1000 + i, () => console.log('never')))
      setTimeout(() => { for (const handle of handles) handle.cancel(); console.log('cancelled') }, 20)`,
      { limitMs: 5000 },
    )
    expect([stdout, code, signal]).toEqual(['cancelled\n', 0, null])
  })

  test('ends when the task that slept has been cancelled', async () => {
    const { stdout, code, signal } = await runChild(
      `const task = new core.Task(function* () {
        const future = new core.Future()
        const timer = new core.WakeTimer(future, core.getRunningLoop().time() + 1000)
        try { yield* future } finally { timer.cancel() }
      })
      setTimeout(() => task.cancel(), 20)
      try { await task } catch (error) { console.log(error.name) }`,
      { limitMs: 5000 },
    )
    expect([stdout, code, signal]).toEqual(['CancelledError\n', 0, null])
  })

  test('delays beyond the longest of the host do not fire at once', async () => {
    const { stdout, stderr } = await runChild(
      `const loop = core.getRunningLoop()
      const handle = loop.callLater(2 ** 31, () => console.log('too early'))
      loop.callLater(0.02, () => { console.log('short'); handle.cancel() })`,
      { limitMs: 5000 },
    )
    expect([stdout, stderr]).toEqual(['short\n', ''])
  })
})
