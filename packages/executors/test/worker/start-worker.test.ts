import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { executorSignal, transfer } from '../../src/index.ts'
import { reviveError } from '../../src/revive-error.ts'
import { ABORTED, CALL_STATES, ENDED, RUNNING, WAITING, WITHDRAWN } from '../../src/worker/messages.ts'
import type { FromWorker, ToWorker } from '../../src/worker/messages.ts'
import { startWorker } from '../../src/worker/start-worker.ts'
import type { WorkerHost } from '../../src/worker/worker-host.ts'

/** What a worker runs on, in the hands of a test. */
class FakeHost implements WorkerHost {
  readonly states: Int32Array | null
  readonly posted: (FromWorker | { message: FromWorker; transfer: readonly unknown[] })[] = []
  readonly modules = new Map<string, Record<string, unknown>>()
  hasEnded = false
  /** What is printed and not out yet, when it is set. */
  flushing: Promise<void> | null = null
  #listener: (message: ToWorker) => void = () => undefined
  #unread: (error: unknown) => void = () => undefined

  constructor(isThread = true) {
    this.states = isThread ? new Int32Array(CALL_STATES) : null
    startWorker(this)
  }

  post(message: FromWorker, list?: readonly unknown[]): void {
    structuredClone(message)
    this.posted.push(list === undefined ? message : { message, transfer: list })
  }

  receive(listener: (message: ToWorker) => void, unread: (error: unknown) => void): void {
    this.#listener = listener
    this.#unread = unread
  }

  load(url: string): Promise<Record<string, unknown>> {
    const module = this.modules.get(url)
    return module === undefined ? Promise.reject(new Error(`Cannot find module ${url}`)) : Promise.resolve(module)
  }

  flush(): Promise<void> | null {
    return this.flushing
  }

  exit(): void {
    this.hasEnded = true
  }

  send(...messages: ToWorker[]): void {
    for (const message of messages) this.#listener(message)
  }

  unread(error: unknown): void {
    this.#unread(error)
  }

  /** Takes what was posted since. */
  take(): unknown[] {
    return this.posted.splice(0)
  }
}

let host: FakeHost
let sent: number

beforeEach(() => {
  host = new FakeHost()
  sent = 0
})

afterEach(() => {
  for (const name of ['asyncio-ts.executor.signal', 'asyncio-ts.inherited']) {
    Reflect.deleteProperty(globalThis, Symbol.for(name))
  }
})

/** Sends a call, as a pool does. */
function call(text: string, ...args: unknown[]): number {
  const number = sent++
  host.send(['define', number, [`return ${text}`]])
  if (host.states !== null) host.states[number % CALL_STATES] = WAITING
  host.send(['run', number, args])
  return number
}

const microtasks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function errorIn(message: unknown): Error {
  const [kind, described] = message as FromWorker
  expect(kind).toBe('error')
  return reviveError(described as never)
}

describe('a worker', () => {
  it('runs calls once it was started, in their order, and says how each ended', async () => {
    call('(n) => n + 1', 1)
    call('async (n) => n * 2', 4)
    call('() => { throw new RangeError("no") }')
    call('() => () => 1')
    expect(host.take()).toEqual([])
    host.send(['start'])
    await microtasks()
    const [ready, one, two, three, four] = host.take()
    expect([ready, one, two]).toEqual([['ready'], ['result', 2], ['result', 8]])
    expect(errorIn(three)).toMatchObject({ name: 'RangeError', message: 'no' })
    expect(four).toEqual(['uncopied', expect.stringContaining('could not be cloned')])
  })

  it('maps a function over items, and waits where it waits', async () => {
    host.send(['start'], ['define', 0, ['return (n) => n % 2 ? n : Promise.resolve(n * 10)']])
    host.states!.fill(WAITING)
    host.send(['map', 0, [1, 2, 3, 4]])
    await microtasks()
    expect(host.take()).toEqual([['ready'], ['result', [1, 20, 3, 40]]])
  })

  it('skips a call that was taken back', () => {
    host.send(['define', 0, ['return () => 1']])
    host.states![0] = WITHDRAWN
    host.states![1] = WAITING
    host.send(['run', 0, []], ['run', 0, []], ['start'])
    expect(host.take()).toEqual([['ready'], ['skipped'], ['result', 1]])
  })

  it('marks how far a call has come', async () => {
    host.send(['start'])
    const number = call('() => new Promise((resolve) => setImmediate(resolve))')
    expect(host.states![number]).toBe(RUNNING)
    await microtasks()
    await microtasks()
    expect(host.states![number]).toBe(ENDED)
  })

  it('aborts the signal of the call that runs, and of no other', async () => {
    host.send(['start'])
    const number = call('() => new Promise(() => undefined)')
    const signal = executorSignal()
    host.send(['abort', number + 1])
    expect(signal.aborted).toBe(false)
    host.send(['abort', number])
    expect(signal.aborted).toBe(true)
    expect(signal.reason).toMatchObject({ name: 'CancelledError' })
    expect(() => signal.throwIfAborted()).toThrow('The call was cancelled.')
  })

  it('lets a function see in shared memory that it was cancelled', () => {
    host.send(['start'])
    const number = call('() => new Promise(() => undefined)')
    const signal = executorSignal()
    let heard = 0
    signal.addEventListener('abort', () => (heard += 1))
    expect(signal.aborted).toBe(false)
    host.states![number] = ABORTED
    expect([signal.aborted, signal.aborted, heard]).toEqual([true, true, 1])
  })

  it('hands over what a function transfers', () => {
    host.send(['start'])
    const bytes = transfer(new Uint8Array([1]), [])
    expect(bytes).toBeTypeOf('object')
    call('() => { const made = new Uint8Array([7]); return transfer(made, [made.buffer]) }')
    expect(host.take()[1]).toEqual({ message: ['result', new Uint8Array([7])], transfer: [expect.any(ArrayBuffer)] })
  })

  it('gives the values of context variables to their call only', async () => {
    const values = new Map([['requestId', 'a']])
    const inherited = (): unknown => (globalThis as Record<symbol, unknown>)[Symbol.for('asyncio-ts.inherited')]
    host.send(['start'], ['define', 0, ['return () => new Promise((resolve) => setImmediate(resolve))']])
    host.states!.fill(WAITING)
    host.send(['run', 0, [], values])
    expect(inherited()).toEqual(values)
    await microtasks()
    await microtasks()
    expect(inherited()).toBeUndefined()
  })

  it('fails a call whose message could not be read, in its turn', () => {
    host.send(['start'])
    host.states!.fill(WAITING)
    host.unread(new TypeError('unknown type'))
    expect(errorIn(host.take()[1])).toMatchObject({ name: 'TypeError', message: 'unknown type' })
  })

  it('runs an initializer before it is ready, and says when it fails', async () => {
    host.send(['define', 5, ['return async (n) => { globalThis.prepared = n }']], ['initialize', 5, [3]])
    call('() => globalThis.prepared')
    await microtasks()
    expect(host.take()).toEqual([['ready'], ['result', 3]])
    Reflect.deleteProperty(globalThis, 'prepared')
    const other = new FakeHost()
    other.send(['define', 5, ['return () => { throw new TypeError("no licence") }']], ['initialize', 5, []])
    await microtasks()
    expect(other.take()).toEqual([['broken', expect.objectContaining({ message: 'no licence' })]])
  })

  it('imports a module once, and finds exports of CommonJS', async () => {
    let loads = 0
    host.modules.set('file:///a.mjs', { half: (n: number) => n / 2 })
    host.modules.set('file:///b.cjs', { default: { third: (n: number) => n / 3 } })
    const load = host.load.bind(host)
    host.load = (url) => {
      loads += 1
      return load(url)
    }
    host.states!.fill(WAITING)
    host.send(['start'], ['define', 0, ['file:///a.mjs', 'half']], ['define', 1, ['file:///b.cjs', 'third']])
    host.send(['run', 0, [4]], ['run', 0, [6]], ['run', 1, [9]])
    await microtasks()
    expect(host.take()).toEqual([['ready'], ['result', 2], ['result', 3], ['result', 3]])
    expect(loads).toBe(2)
  })

  it('fails calls of functions that are nowhere, or that were forgotten', async () => {
    host.modules.set('file:///a.mjs', {})
    host.states!.fill(WAITING)
    host.send(['start'], ['define', 0, ['file:///a.mjs', 'half']], ['define', 1, ['return () => 1']], ['forget', 1])
    host.send(['run', 0, []], ['run', 1, []], ['run', 2, []])
    await microtasks()
    const [, missing, forgotten, unknown] = host.take()
    expect(errorIn(missing).message).toMatch(/has no function 'half' among its exports/)
    expect(errorIn(forgotten).message).toMatch(/no function number 1/)
    expect(errorIn(unknown).message).toMatch(/no function number 2/)
  })

  it('fails a call of a text that is no function', () => {
    host.send(['start'])
    call('(')
    expect(errorIn(host.take()[1])).toBeInstanceOf(SyntaxError)
  })

  it('reports after what was printed is out, and begins the next call then', async () => {
    host.send(['start'])
    let isOut = (): void => undefined
    host.flushing = new Promise((resolve) => (isOut = resolve))
    call('() => 1')
    call('() => 2')
    await microtasks()
    expect(host.take()).toEqual([['ready']])
    host.flushing = null
    isOut()
    await microtasks()
    expect(host.take()).toEqual([
      ['result', 1],
      ['result', 2],
    ])
  })

  it('ends once what was printed is out', async () => {
    host.send(['start'])
    let isOut = (): void => undefined
    host.flushing = new Promise((resolve) => (isOut = resolve))
    host.send(['end'])
    await microtasks()
    expect(host.hasEnded).toBe(false)
    isOut()
    await microtasks()
    expect(host.hasEnded).toBe(true)
  })

  it('says what went wrong even where the channel cannot carry the fields of the error', () => {
    host.send(['start'])
    const post = host.post.bind(host)
    let isFirst = true
    host.post = (message, list) => {
      if (message[0] === 'error' && isFirst) {
        isFirst = false
        throw new Error('cannot be sent')
      }
      post(message, list)
    }
    call('() => { throw Object.assign(new Error("why"), { code: "E" }) }')
    expect(errorIn(host.take()[1])).not.toHaveProperty('code')
  })

  it('needs no shared memory', async () => {
    host = new FakeHost(false)
    host.send(['start'])
    call('() => new Promise(() => undefined)')
    host.send(['abort', 0])
    expect(executorSignal().aborted).toBe(true)
  })

  it('gives helpers of compilers to functions, and nothing that only looks like them', () => {
    host.send(['start'])
    call('() => __name(() => 1, "inner").name')
    call('() => __name("inner", () => 1)')
    const [, named, other] = host.take()
    expect(named).toEqual(['result', 'inner'])
    expect(errorIn(other)).toBeInstanceOf(ReferenceError)
  })
})
