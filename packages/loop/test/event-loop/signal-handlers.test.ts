import { afterEach, describe, expect, it } from 'vitest'
import { ContextVar, copyContext, coroutine } from '@asyncio-ts/core'
import { newEventLoop } from '../../src/index.ts'
import type { EventLoop } from '../../src/index.ts'
import { runProgram } from '../program.ts'

const loops: EventLoop[] = []
const make = (): EventLoop => {
  const loop = newEventLoop()
  loops.push(loop)
  return loop
}

afterEach(() => {
  for (const loop of loops.splice(0)) loop.close()
})

describe('signal handlers', () => {
  it('run in a turn of the loop, with their arguments, and are removed', async () => {
    const loop = make()
    const received = loop.createFuture<string>()
    loop.addSignalHandler('SIGUSR2', (what: string) => received.setResult(what), 'argument')
    expect(process.listenerCount('SIGUSR2')).toBe(1)
    process.kill(process.pid, 'SIGUSR2')
    expect(await loop.runUntilComplete(received)).toBe('argument')
    expect(loop.removeSignalHandler('SIGUSR2')).toBe(true)
    expect(loop.removeSignalHandler('SIGUSR2')).toBe(false)
    expect(process.listenerCount('SIGUSR2')).toBe(0)
  })

  it('are known by number as well', () => {
    const loop = make()
    loop.addSignalHandler(12, () => undefined)
    expect(process.listenerCount('SIGUSR2')).toBe(1)
    expect(loop.removeSignalHandler('SIGUSR2')).toBe(true)
  })

  it('replace each other', async () => {
    const loop = make()
    const received = loop.createFuture<string>()
    loop.addSignalHandler('SIGUSR2', () => received.setResult('first'))
    loop.addSignalHandler('SIGUSR2', () => received.setResult('second'))
    process.kill(process.pid, 'SIGUSR2')
    expect(await loop.runUntilComplete(received)).toBe('second')
  })

  it('run in the context they were added in', async () => {
    const loop = make()
    const variable = new ContextVar<string>('variable')
    const received = loop.createFuture<string>()
    copyContext().run(() => {
      variable.set('of the caller')
      loop.addSignalHandler('SIGUSR2', () => received.setResult(variable.get()))
    })
    process.kill(process.pid, 'SIGUSR2')
    expect(await loop.runUntilComplete(received)).toBe('of the caller')
  })

  it('hand what they throw to the exception handler', async () => {
    const loop = make()
    const failure = new Error('of the handler')
    const reported = loop.createFuture<unknown>()
    loop.setExceptionHandler((_loop, context) => reported.setResult(context.exception))
    loop.addSignalHandler('SIGUSR2', () => {
      throw failure
    })
    process.kill(process.pid, 'SIGUSR2')
    expect(await loop.runUntilComplete(reported)).toBe(failure)
  })

  it('are removed when the loop is closed', () => {
    const loop = make()
    loop.addSignalHandler('SIGUSR2', () => undefined)
    loop.close()
    expect(process.listenerCount('SIGUSR2')).toBe(0)
    expect(() => loop.addSignalHandler('SIGUSR2', () => undefined)).toThrow(/Event loop is closed/)
  })

  it.each([
    ['an async function', 'SIGUSR2', async (): Promise<void> => undefined, 'TypeError', /coroutines cannot be used/],
    ['a coroutine function', 'SIGUSR2', coroutine(function* () {}), 'TypeError', /coroutines cannot be used/],
    ['no function', 'SIGUSR2', 1, 'TypeError', /takes a function/],
    ['an unknown name', 'SIGNOTHING', (): void => undefined, 'ValueError', /'SIGNOTHING' is not a signal/],
    ['a name of Object', 'toString', (): void => undefined, 'ValueError', /is not a signal/],
    ['an unknown number', 4711, (): void => undefined, 'ValueError', /invalid signal number 4711/],
    ['neither name nor number', null, (): void => undefined, 'TypeError', /must be a name or a number/],
    ['SIGKILL', 'SIGKILL', (): void => undefined, 'RuntimeError', /sig SIGKILL cannot be caught/],
    ['SIGSTOP by number', 19, (): void => undefined, 'RuntimeError', /sig SIGSTOP cannot be caught/],
  ])('refuse %s', (_what, signal, callback, name, message) => {
    const expected = expect.objectContaining({ name, message: expect.stringMatching(message) })
    expect(() => make().addSignalHandler(signal as 'SIGINT', callback as () => void)).toThrow(expected)
  })

  it('refuse a worker thread, which receives no signals', async () => {
    const { stdout } = await runProgram(`
      import { isMainThread, parentPort, Worker } from 'node:worker_threads'
      import { newEventLoop, run } from '@asyncio-ts/loop'
      if (isMainThread) {
        const worker = new Worker(new URL(import.meta.url))
        worker.on('message', (message) => console.log(message))
      } else {
        try {
          newEventLoop().addSignalHandler('SIGUSR2', () => undefined)
        } catch (error) {
          parentPort.postMessage(error.name + ': ' + error.message)
        }
        parentPort.postMessage(await run(async () => 'run works'))
      }`)
    expect(stdout).toBe(
      'RuntimeError: Signals reach the main thread only: add the handler there, and post a message.\nrun works\n',
    )
  })
})
