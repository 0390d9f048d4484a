import { EventEmitter } from 'node:events'
import type * as workerThreads from 'node:worker_threads'
import { beforeEach, describe, expect, it } from 'vitest'
import { processHost } from '../../src/worker/process-host.ts'
import type { ToWorker } from '../../src/worker/messages.ts'

/** The process of a worker, in the hands of a test. */
class FakeProcess extends EventEmitter {
  readonly ppid = 4711
  readonly sent: unknown[] = []
  exits = 0

  send(message: unknown, callback: () => void): boolean {
    this.sent.push(message)
    callback()
    return true
  }

  exit(): void {
    this.exits += 1
  }
}

/** Threads that run nothing, and note what they were asked for. */
class FakeThread extends EventEmitter {
  static readonly texts: string[] = []
  static refusal: Error | null = null

  constructor(text: string) {
    super()
    if (FakeThread.refusal !== null) throw FakeThread.refusal
    FakeThread.texts.push(text)
  }

  unref(): void {}
}

const threads = { Worker: FakeThread } as unknown as typeof workerThreads
const fail = (error: unknown): never => expect.fail(String(error))
let process: FakeProcess

beforeEach(() => {
  process = new FakeProcess()
  FakeThread.texts.length = 0
  FakeThread.refusal = null
})

describe('the host of a process', () => {
  it('marks its reports with the token that comes first', () => {
    const host = processHost(process as unknown as NodeJS.Process, threads)
    const heard: ToWorker[] = []
    host.receive((message) => heard.push(message), fail)
    process.emit('message', 'token')
    process.emit('message', ['start'])
    host.post(['ready'])
    expect(heard).toEqual([['start']])
    expect(process.sent).toEqual([['token', ['ready']]])
    expect([host.states, host.flush()]).toEqual([null, null])
  })

  it('ends with its parent, and when it is told to', () => {
    const host = processHost(process as unknown as NodeJS.Process, threads)
    process.emit('disconnect')
    host.exit()
    expect(process.exits).toBe(2)
  })

  it('has a thread beside it watch the parent', () => {
    const host = processHost(process as unknown as NodeJS.Process, threads)
    host.receive(() => undefined, fail)
    expect(FakeThread.texts).toEqual([])
    process.emit('message', 'token')
    expect(FakeThread.texts).toEqual([expect.stringContaining('process.ppid === 4711')])
    expect(() => new Function(FakeThread.texts[0]!)).not.toThrow()
  })

  it('goes without where no threads may be made', () => {
    FakeThread.refusal = new Error('not allowed')
    const host = processHost(process as unknown as NodeJS.Process, threads)
    host.receive(() => undefined, fail)
    expect(() => process.emit('message', 'token')).not.toThrow()
  })

  it('imports modules', async () => {
    const host = processHost(process as unknown as NodeJS.Process, threads)
    expect(await host.load('node:path')).toHaveProperty('basename')
  })
})
