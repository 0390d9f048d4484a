/** What calling a function of the library gives. */
export type Result = 'lazy' | 'future' | 'promise' | 'other'

/** What a rule has to know about a function or a method of the library. */
export interface CallSpec {
  /** `lazy` is a coroutine object, which is inert until it is awaited. */
  readonly returns: Result
  /** The position of what is run as a task: a function or a coroutine. */
  readonly runs?: number
  /** Waits for everything in its first argument, which is iterable. */
  readonly runsEach?: boolean
  /** Waits for all of its arguments, or for everything in the first one. */
  readonly runsAll?: boolean
  /** The position of a body: a function that runs as a part of the calling task. */
  readonly body?: number
  /** The position of a duration in seconds. */
  readonly seconds?: number
}

/** A call of the library: what it is called there, and what the rules know of it. */
export interface LibraryCall {
  /** `sleep`, or the class and the method: `Lock.acquire`. */
  readonly name: string
  readonly spec: CallSpec
}

const lazy: CallSpec = { returns: 'lazy' }
const future: CallSpec = { returns: 'future' }
const firstSeconds: CallSpec = { returns: 'other', seconds: 0 }
const lazyWithBody: CallSpec = { returns: 'lazy', body: 0 }
const startsTask: CallSpec = { returns: 'future', runs: 0 }
const startsProgram: CallSpec = { returns: 'promise', runs: 0 }
const startsBody: CallSpec = { returns: 'promise', body: 0 }

/** The exported functions that wait, run something or take a duration. */
export const FUNCTIONS: Readonly<Record<string, CallSpec>> = {
  advance: { returns: 'future', seconds: 0 },
  asCompleted: { returns: 'other', runsEach: true },
  createSubprocessExec: lazy,
  createSubprocessShell: lazy,
  createTask: startsTask,
  ensureFuture: startsTask,
  explore: startsBody,
  gather: { returns: 'future', runsAll: true },
  mapConcurrent: { returns: 'lazy', body: 1 },
  openConnection: lazy,
  openUnixConnection: lazy,
  replay: startsBody,
  run: startsProgram,
  runBody: lazyWithBody,
  runCoroutineThreadsafe: future,
  runInExecutor: future,
  runProcess: lazy,
  runSeeded: startsBody,
  runVirtual: startsProgram,
  shield: startsTask,
  sleep: { returns: 'lazy', seconds: 0 },
  startServer: lazy,
  startUnixServer: lazy,
  taskGroup: lazyWithBody,
  timeout: { returns: 'lazy', seconds: 0, body: 1 },
  timeoutAt: { returns: 'lazy', body: 1 },
  toThread: lazy,
  virtual: { returns: 'other', body: 0 },
  wait: { returns: 'lazy', runsEach: true },
  waitFor: { returns: 'lazy', runs: 0, seconds: 1 },
  wrapFuture: future,
}

const lockable: Readonly<Record<string, CallSpec>> = { acquire: lazy, with: lazyWithBody }
const queue: Readonly<Record<string, CallSpec>> = { get: lazy, put: lazy, join: lazy }
const server: Readonly<Record<string, CallSpec>> = { startServing: lazy, serveForever: lazy, waitClosed: lazy }
const pool: Readonly<Record<string, CallSpec>> = { submit: future, shutdown: future }
const loop: Readonly<Record<string, CallSpec>> = {
  callLater: firstSeconds,
  connectAcceptedSocket: lazy,
  connectReadPipe: lazy,
  connectWritePipe: lazy,
  createConnection: lazy,
  createDatagramEndpoint: lazy,
  createFuture: future,
  createServer: lazy,
  createTask: startsTask,
  createUnixConnection: lazy,
  createUnixServer: lazy,
  getaddrinfo: lazy,
  getnameinfo: lazy,
  runForever: { returns: 'promise' },
  runInExecutor: future,
  runUntilComplete: startsProgram,
  sendfile: lazy,
  shutdownAsyncgens: lazy,
  shutdownDefaultExecutor: { returns: 'lazy', seconds: 0 },
  sockAccept: lazy,
  sockConnect: lazy,
  sockRecv: lazy,
  sockRecvInto: lazy,
  sockRecvfrom: lazy,
  sockRecvfromInto: lazy,
  sockSendall: lazy,
  sockSendfile: lazy,
  sockSendto: lazy,
  startTls: lazy,
  subprocessExec: lazy,
  subprocessShell: lazy,
}

/** The methods that wait, run something or take a duration, by the class that a variable is made of. */
export const METHODS: Readonly<Record<string, Readonly<Record<string, CallSpec>>>> = {
  AsCompleted: { next: { returns: 'promise' }, return: { returns: 'promise' } },
  Barrier: { wait: lazy, reset: lazy, abort: lazy },
  BaseEventLoop: loop,
  BoundedSemaphore: lockable,
  ChildTransport: { wait: lazy, whenExited: future },
  Condition: { ...lockable, wait: lazy, waitFor: lazy },
  Event: { wait: lazy },
  EventLoop: loop,
  LifoQueue: queue,
  Lines: { next: lazy },
  ListeningServer: server,
  Lock: lockable,
  Lockable: lockable,
  MappedCalls: { next: lazy, return: lazy },
  PriorityQueue: queue,
  Process: { communicate: lazy, terminate: { returns: 'other' }, wait: lazy },
  ProcessPoolExecutor: pool,
  Queue: queue,
  QueueIterator: { next: lazy },
  Runner: { run: startsProgram, close: { returns: 'promise' } },
  Semaphore: lockable,
  Server: server,
  StreamReader: { read: lazy, readexactly: lazy, readline: lazy, readuntil: lazy },
  StreamWriter: { drain: lazy, startTls: lazy, waitClosed: lazy },
  TaskGroup: { createTask: startsTask, exit: lazy },
  ThreadPoolExecutor: pool,
  VirtualLoop: loop,
}

/** What a function returns that hands out an instance of a class: the receiver of later calls. */
export const INSTANCES: Readonly<Record<string, string>> = {
  currentTask: 'Task',
  getEventLoop: 'EventLoop',
  getRunningLoop: 'EventLoop',
  newEventLoop: 'EventLoop',
}

/** What awaiting a call gives, where that is an instance of a class, or a tuple of instances. */
export const AWAITED: Readonly<Record<string, string | readonly string[]>> = {
  createSubprocessExec: 'Process',
  createSubprocessShell: 'Process',
  openConnection: ['StreamReader', 'StreamWriter'],
  openUnixConnection: ['StreamReader', 'StreamWriter'],
  startServer: 'Server',
  startUnixServer: 'Server',
}

/** The classes of what a body or a callback receives. */
export const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  startServer: ['StreamReader', 'StreamWriter'],
  startUnixServer: ['StreamReader', 'StreamWriter'],
  taskGroup: ['TaskGroup'],
  timeout: ['Timeout'],
  timeoutAt: ['Timeout'],
}

/** The classes that are waited for themselves. */
export const FUTURES: ReadonlySet<string> = new Set(['Future', 'Task'])

/** The classes that `for await` waits on. */
export const ASYNC_ITERABLES: ReadonlySet<string> = new Set([
  ...['Queue', 'PriorityQueue', 'LifoQueue', 'QueueIterator'],
  ...['StreamReader', 'Lines', 'AsCompleted', 'MappedCalls'],
])

/** The packages whose names the rules know. */
const PACKAGES =
  /^(?:asyncio-ts|@asyncio-ts\/(?:core|tasks|sync|queues|loop|streams|executors|subprocess|testing|inspect))$/

/** Whether a module specifier is the library's; `@asyncio-ts/core/primitives` is, too. */
export function isLibraryModule(specifier: string): boolean {
  const parts = specifier.split('/')
  return PACKAGES.test(parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'))
}
