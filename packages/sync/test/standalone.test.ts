/* Without run(), without a task, without any ceremony, and in real time. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Barrier, Condition, Event, Lock, Semaphore } from '../src/index.ts'

describe('in plain async functions', () => {
  it('a lock keeps them apart, in order', async () => {
    const lock = new Lock()
    const log: string[] = []
    const work = async (name: string): Promise<void> => {
      using _ = await lock.acquire()
      log.push(`${name} in`)
      await new Promise((resolve) => setImmediate(resolve))
      log.push(`${name} out`)
    }
    await Promise.all(['a', 'b', 'c'].map(work))
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
    expect(lock.locked()).toBe(false)
  })

  it('a semaphore limits how many run', async () => {
    const semaphore = new Semaphore(3)
    let running = 0
    let peak = 0
    const job = async (n: number): Promise<number> => {
      peak = Math.max(peak, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      return n
    }
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => semaphore.with(() => job(n))))
    expect(results).toEqual(Array.from({ length: 20 }, (_, n) => n))
    expect(peak).toBe(3)
  })

  it('an event, a condition and a barrier wake who waits', async () => {
    const event = new Event()
    const condition = new Condition()
    const barrier = new Barrier(2)
    let ready = false
    const waiting = [
      event.wait().then(String),
      condition.with(() => condition.waitFor(() => ready)).then(String),
      barrier.wait().then(() => 'passed'),
    ]
    setImmediate(async () => {
      event.set()
      ready = true
      await condition.with(() => condition.notify())
      await barrier.wait()
    })
    expect(await Promise.all(waiting)).toEqual(['true', 'true', 'passed'])
  })

  it('the limits of a wait work', async () => {
    const lock = new Lock()
    await lock.acquire()
    await expect(lock.acquire({ timeout: 0.01 })).rejects.toThrow('time limit')
    await expect(lock.acquire({ signal: AbortSignal.timeout(10) })).rejects.toThrow('The wait was aborted.')
    lock.release()
    await lock.acquire({ timeout: 0.01 })
  })
})

describe('in a request handler', () => {
  it('a lock keeps requests apart, and a signal ends the wait of one that has gone', async () => {
    const lock = new Lock()
    let inside = 0
    let most = 0
    const ended: string[] = []
    const gone = new Event()
    const server = createServer(async (request, response) => {
      const controller = new AbortController()
      response.on('close', () => controller.abort(new Error(`${request.url} has gone`)))
      try {
        using _ = await lock.acquire({ signal: controller.signal })
        most = Math.max(most, ++inside)
        await new Promise((resolve) => setImmediate(resolve))
        inside--
        response.end(`done ${request.url}`)
      } catch (error) {
        ended.push(((error as Error).cause as Error).message)
        gone.set()
        response.destroy()
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      const texts = await Promise.all(['/a', '/b', '/c'].map(async (path) => (await fetch(base + path)).text()))
      expect(texts).toEqual(['done /a', 'done /b', 'done /c'])
      expect(most).toBe(1)

      const guard = await lock.acquire()
      const impatient = new AbortController()
      const request = fetch(`${base}/d`, { signal: impatient.signal }).catch((error: Error) => error.name)
      while (lock.statistics().waiting === 0) await new Promise((resolve) => setImmediate(resolve))
      impatient.abort()
      expect(await request).toBe('AbortError')
      await gone.wait()
      expect(ended).toEqual(['/d has gone'])
      expect(lock.statistics()).toEqual({ locked: true, waiting: 0 })
      guard.release()
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})

describe('at the top level of a module', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const runModule = (source: string) =>
    promisify(execFile)(
      process.execPath,
      ['--conditions=@asyncio-ts/source', '--import', 'tsx', '--input-type=module', '--eval', source],
      { cwd: root, timeout: 20_000 },
    )

  it('everything can be awaited, and the process ends by itself', async () => {
    const { stdout } = await runModule(`
      import { Lock, Semaphore, Event } from '@asyncio-ts/sync'
      const lock = new Lock()
      const guard = await lock.acquire()
      setTimeout(() => guard.release(), 5)
      await lock.acquire({ timeout: 5 })
      const event = new Event()
      setTimeout(() => event.set(), 5)
      console.log(await event.wait(), String(lock), String(await new Semaphore().with(() => 'held')))
    `)
    expect(stdout).toBe('true <Lock [locked]> held\n')
  })

  it('a wait that nobody can end does not keep the process alive', async () => {
    const result = runModule(`
      import { Event } from '@asyncio-ts/sync'
      console.log('waiting')
      await new Event().wait()
    `)
    // Node's code for a top-level await that will never end.
    await expect(result).rejects.toMatchObject({ code: 13, stdout: 'waiting\n' })
  })
})
