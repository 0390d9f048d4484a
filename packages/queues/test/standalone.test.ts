/* Without run(), without a task, without any ceremony, and in real time. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { PriorityQueue, Queue, QueueFull } from '../src/index.ts'

describe('in plain async functions', () => {
  it('a queue connects producers and consumers', async () => {
    const queue = new Queue<number>(2)
    const seen: number[] = []
    const consume = async (): Promise<void> => {
      for await (const item of queue) seen.push(item)
    }
    const produce = async (from: number): Promise<void> => {
      for (let item = from; item < from + 50; item++) await queue.put(item)
    }
    const consumers = [consume(), consume(), consume()]
    await Promise.all([produce(0), produce(50)])
    queue.shutdown()
    await Promise.all(consumers)
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, item) => item))
    expect(queue.statistics().peak).toBe(2)
  })

  it('the limits of a wait work', async () => {
    const queue = new Queue<number>(1)
    await expect(queue.get({ timeout: 0.01 })).rejects.toThrow('time limit')
    await expect(queue.get({ signal: AbortSignal.timeout(10) })).rejects.toThrow('The wait was aborted.')
    await queue.put(1)
    await expect(queue.put(2, { timeout: 0.01 })).rejects.toThrow('time limit')
    expect(await queue.get()).toBe(1)
  })
})

describe('in a request handler', () => {
  it('a queue takes jobs, and refuses what is too many', async () => {
    const jobs = new PriorityQueue<[priority: number, name: string]>(2)
    const server = createServer((request, response) => {
      const [, priority, name] = request.url!.split('/')
      try {
        jobs.putNowait([Number(priority), name!])
        response.end('accepted')
      } catch (error) {
        if (!(error instanceof QueueFull)) throw error
        response.statusCode = 503
        response.end('busy')
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      const worker = jobs.get()
      const results = []
      for (const path of ['/2/later', '/1/first', '/3/much-later']) results.push((await fetch(base + path)).status)
      expect(results).toEqual([200, 200, 503])
      expect(await worker).toEqual([1, 'first'])
      expect(await jobs.get()).toEqual([2, 'later'])
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})

describe('at the top level of a module', () => {
  it('a queue can be awaited, and the process ends by itself', async () => {
    const source = `
      import { Queue } from '@asyncio-ts/queues'
      const queue = new Queue()
      setTimeout(() => queue.putNowait('item'), 5)
      setTimeout(() => queue.shutdown(), 10)
      for await (const item of queue) console.log(item)
      console.log(String(queue))
    `
    const args = ['--conditions=@asyncio-ts/source', '--import', 'tsx', '--input-type=module', '--eval', source]
    const cwd = fileURLToPath(new URL('../../..', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, timeout: 20_000 })
    expect(stdout).toBe('item\n<Queue maxsize=0 tasks=1 shutdown>\n')
  })
})
