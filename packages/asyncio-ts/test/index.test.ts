import { describe, expect, it } from 'vitest'
import * as asyncio from '../src/index.ts'

/** What a program may rely on finding under one name, in the order of the Python documentation. */
const surface = {
  runners: ['run', 'Runner'],
  tasks: [
    'createTask',
    'TaskGroup',
    'taskGroup',
    'sleep',
    'gather',
    'eagerTaskFactory',
    'createEagerTaskFactory',
    'shield',
    'timeout',
    'timeoutAt',
    'Timeout',
    'waitFor',
    'wait',
    'asCompleted',
    'ensureFuture',
    'wrapFuture',
    'currentTask',
    'allTasks',
    'Task',
    'coroutine',
    'isCoroutine',
    'FIRST_COMPLETED',
    'FIRST_EXCEPTION',
    'ALL_COMPLETED',
    'mapConcurrent',
  ],
  sync: ['Lock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Barrier', 'BrokenBarrierError'],
  queues: ['Queue', 'PriorityQueue', 'LifoQueue', 'QueueEmpty', 'QueueFull', 'QueueShutDown'],
  futures: ['Future', 'isFuture'],
  loops: [
    'EventLoop',
    'newEventLoop',
    'getEventLoop',
    'setEventLoop',
    'getRunningLoop',
    'Handle',
    'TimerHandle',
    'SendfileNotAvailableError',
    'Server',
    'Socket',
  ],
  protocols: ['BaseProtocol', 'Protocol', 'BufferedProtocol', 'DatagramProtocol', 'SubprocessProtocol'],
  transports: [
    'BaseTransport',
    'ReadTransport',
    'WriteTransport',
    'Transport',
    'DatagramTransport',
    'SubprocessTransport',
  ],
  streams: [
    'StreamReader',
    'StreamWriter',
    'StreamReaderProtocol',
    'openConnection',
    'startServer',
    'openUnixConnection',
    'startUnixServer',
    'IncompleteReadError',
    'LimitOverrunError',
  ],
  subprocess: [
    'createSubprocessExec',
    'createSubprocessShell',
    'Process',
    'PIPE',
    'STDOUT',
    'DEVNULL',
    'ProcessLookupError',
    'runProcess',
    'CalledProcessError',
  ],
  executors: [
    'toThread',
    'runInExecutor',
    'ThreadPoolExecutor',
    'ProcessPoolExecutor',
    'workerFunction',
    'runCoroutineThreadsafe',
    'callSoonThreadsafe',
  ],
  contextvars: ['ContextVar', 'Context', 'copyContext'],
  errors: [
    'CancelledError',
    'InvalidStateError',
    'TimeoutError',
    'RuntimeError',
    'NotImplementedError',
    'ExceptionGroup',
    'isCancelled',
    'rethrowIfCancelled',
    'OSError',
    'ConnectionResetError',
    'FileNotFoundError',
    'GaiError',
    'SSLError',
  ],
}

describe('asyncio-ts', () => {
  it.each(Object.entries(surface))('exports %s', (_part, names) => {
    expect(names.filter((name) => !(name in asyncio))).toEqual([])
  })

  it('gives what startServer returns the type and the class of a server', async () => {
    await asyncio.run(async () => {
      const server: asyncio.Server = await asyncio.startServer(() => undefined, '127.0.0.1', 0)
      expect(server).toBeInstanceOf(asyncio.Server)
      server.close()
      await server.waitClosed()
    })
  })

  it('is the same as its packages', async () => {
    const tasks = await import('@asyncio-ts/tasks')
    const core = await import('@asyncio-ts/core')
    expect(asyncio.gather).toBe(tasks.gather)
    expect(asyncio.Future).toBe(core.Future)
  })
})
