/** Why a name of Python's asyncio has no counterpart here, or which one it has where the rule of names does not say. */
export type Exception =
  /** Nothing here has this purpose. */
  | { reason: string }
  /** Ours has another name, or is a type. */
  | { ours: string; note: string }

const POLICIES = 'Deprecated in Python 3.14 and removed in 3.16: set a loop with `setEventLoop`.'
const CUSTOM_TASKS = 'For tasks implemented in C or Cython: tasks here are `Task`, and register themselves.'
const BASES = 'An abstract base is a type here; nothing has to be inherited.'
const READINESS =
  'JavaScript hosts do not tell when a file descriptor is ready. The method throws NotImplementedError; use transports, streams, or the `sock*` methods.'

/** By Python's name; `Class.member` for members. */
export const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  iscoroutinefunction: {
    reason: 'Deprecated in Python 3.14. Functions of `coroutine()` and async functions are all taken.',
  },
  iscoroutine: { ours: 'isCoroutine', note: '' },
  isfuture: { ours: 'isFuture', note: '' },
  create_eager_task_factory: { ours: 'createEagerTaskFactory', note: '' },
  get_event_loop_policy: { reason: POLICIES },
  set_event_loop_policy: { reason: POLICIES },
  _register_task: { reason: CUSTOM_TASKS },
  _unregister_task: { reason: CUSTOM_TASKS },
  _enter_task: { reason: CUSTOM_TASKS },
  _leave_task: { reason: CUSTOM_TASKS },
  _set_running_loop: {
    ours: 'core: setRunningLoop',
    note: 'Of `@asyncio-ts/core`, for those who drive a loop by hand.',
  },
  _get_running_loop: { ours: 'core: runningLoop', note: 'Of `@asyncio-ts/core`.' },
  AbstractEventLoop: { ours: 'type EventLoop', note: BASES },
  AbstractServer: { ours: 'Server', note: BASES },
  SelectorEventLoop: { ours: 'EventLoop', note: 'There is one loop.' },
  'EventLoop.add_reader': { reason: READINESS },
  'EventLoop.remove_reader': { reason: READINESS },
  'EventLoop.add_writer': { reason: READINESS },
  'EventLoop.remove_writer': { reason: READINESS },
  'StreamReader.set_transport': {
    reason: 'How the protocol hands its transport to the reader is not part of the surface.',
  },
}

/** The classes whose members are listed under another one's name. */
export const ALIASES: Readonly<Record<string, string>> = {
  AbstractEventLoop: 'EventLoop',
  BaseEventLoop: 'EventLoop',
  SelectorEventLoop: 'EventLoop',
  AbstractServer: 'Server',
}

/** What callers meet as it is in Python, said in another way. */
export const NOTES: Readonly<Record<string, string>> = {
  'Task.get_stack':
    'Names, files and lines of compiled async functions; of other coroutines the name of the outermost.',
  run: 'Returns a promise.',
  Runner: '`await using`; `run` returns a promise.',
  'EventLoop.run_forever': 'Returns a promise: JavaScript cannot block.',
  'EventLoop.run_until_complete': 'Returns a promise: JavaScript cannot block.',
  gather: 'Options go into a form of its own: `gather([a, b], { returnExceptions: true })`.',
  wait: 'Returns `{ done, pending }`, which is also iterable as a pair.',
  TaskGroup: '`taskGroup(body)` in place of `async with`.',
  timeout: 'Takes the body, in place of `async with`.',
  timeout_at: 'Takes the body, in place of `async with`.',
  get_running_loop: 'Never throws: outside `run` it is the ambient loop.',
  get_event_loop: 'Never throws: outside `run` it is the ambient loop.',
  'EventLoop.call_soon_threadsafe': 'Within a thread it is `callSoon`; other threads reach the loop through a port.',
  to_thread: 'A function given directly must be self-contained; an export of a module may import anything.',
  'Lock.acquire': 'Returns a guard for `using`.',
  'Semaphore.acquire': 'Returns a guard for `using`.',
  'BoundedSemaphore.acquire': 'Returns a guard for `using`.',
}
