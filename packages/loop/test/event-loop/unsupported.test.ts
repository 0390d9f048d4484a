import { describe, expect, it } from 'vitest'
import { NotImplementedError } from '@asyncio-ts/core'
import { EventLoop, newEventLoop } from '../../src/index.ts'

/** Every public method of CPython's event loop, under its name here. */
const methods = `
  runForever runUntilComplete stop isRunning isClosed close shutdownAsyncgens shutdownDefaultExecutor callSoon
  callSoonThreadsafe callLater callAt time createFuture createTask setTaskFactory getTaskFactory runInExecutor
  setDefaultExecutor getaddrinfo getnameinfo createConnection createServer createUnixConnection createUnixServer
  createDatagramEndpoint connectAcceptedSocket startTls sendfile connectReadPipe connectWritePipe subprocessExec
  subprocessShell addReader removeReader addWriter removeWriter sockRecv sockRecvInto sockRecvfrom sockRecvfromInto
  sockSendall sockSendto sockConnect sockAccept sockSendfile addSignalHandler removeSignalHandler setExceptionHandler
  getExceptionHandler defaultExceptionHandler callExceptionHandler getDebug setDebug
`.match(/\w+/g)!

const missing = ['addReader', 'removeReader', 'addWriter', 'removeWriter']

describe('EventLoop', () => {
  it.each(methods)('has %s', (name) => {
    expect(Reflect.get(EventLoop.prototype, name)).toBeTypeOf('function')
  })

  it.each(missing)('says why it has no %s', (name) => {
    const loop = newEventLoop()
    const method = Reflect.get(loop, name) as () => unknown
    let error: unknown
    try {
      method.call(loop)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(NotImplementedError)
    expect((error as Error).message).toMatch(new RegExp(`^loop\\.${name}\\(\\) is not available\\. [A-Z].+\\.$`))
    loop.close()
  })

  it('counts slow callbacks from a tenth of a second', () => {
    const loop = newEventLoop()
    expect(loop.slowCallbackDuration).toBe(0.1)
    loop.close()
  })
})
