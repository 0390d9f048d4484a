/** A random program: what both interpreters run, `interpret.ts` and `interpret.py`. */
export interface Program {
  /** The coroutine functions; the first is main. Each starts only those after it, so that every program ends. */
  defs: Statement[][]
  /** The initial values of the shared objects. */
  semaphores: number[]
  bounded: number[]
  barriers: number[]
  queues: { kind: 'Queue' | 'PriorityQueue' | 'LifoQueue'; maxsize: number }[]
}

/** How many there are of what needs no initial value. */
export const LOCKS = 2
export const EVENTS = 2
export const CONDITIONS = 2
export const FUTURES = 2
export const SLOTS = 4
export const GROUPS = 2
export const TIMEOUTS = 2
export const SEMAPHORES = 2
export const BARRIERS = 2
export const QUEUES = 2

/** The most coroutines a program starts; statements that would start more do nothing. */
export const MAX_COROUTINES = 40

export type Lockable = 'lock' | 'semaphore' | 'bounded' | 'condition'

/** What runs without waiting: also the callbacks consist of these. */
export type SyncStatement =
  | { op: 'cancel'; slot: number; message?: string }
  | { op: 'uncancel'; slot: number }
  | { op: 'task'; slot: number }
  | { op: 'set' | 'clear'; event: number }
  | { op: 'notify'; condition: number; count: number }
  | { op: 'release'; kind: Lockable; index: number }
  | { op: 'putNowait'; queue: number; item: number }
  | { op: 'getNowait' | 'taskDone'; queue: number }
  | { op: 'shutdown'; queue: number; immediate: boolean }
  | { op: 'setResult' | 'setError' | 'cancelFuture'; future: number }
  | { op: 'reschedule'; timeout: number; seconds: number | null }
  | { op: 'states' }

/** What is waited for: a new coroutine, the task in a slot, or a shared future. */
export type Target = { def: number } | { slot: number } | { future: number }

export type Statement =
  | SyncStatement
  | { op: 'sleep'; seconds: number }
  | { op: 'spawn'; slot: number; def: number; eager: boolean }
  | { op: 'child'; group: number; def: number; eager: boolean }
  | { op: 'cancelSelf' | 'uncancelSelf' | 'raise' | 'raiseCancelled' | 'return' }
  | { op: 'await'; target: Target }
  | { op: 'shield'; target: Target }
  | { op: 'waitFor'; target: Target; seconds: number }
  | { op: 'gather'; targets: Target[]; returnExceptions: boolean }
  | { op: 'wait'; slots: number[]; seconds: number | null; when: string }
  | { op: 'asCompleted'; defs: number[]; seconds: number | null }
  | { op: 'timeout'; timeout: number; seconds: number | null; body: Statement[] }
  | { op: 'group'; group: number; body: Statement[] }
  | { op: 'with'; kind: Lockable; index: number; body: Statement[] }
  | { op: 'acquire'; kind: Lockable; index: number }
  | { op: 'waitEvent'; event: number }
  | { op: 'waitCondition'; condition: number }
  | { op: 'waitBarrier' | 'resetBarrier' | 'abortBarrier'; barrier: number }
  | { op: 'put'; queue: number; item: number }
  | { op: 'get' | 'join'; queue: number }
  | { op: 'callback'; future: number; body: SyncStatement[] }
  | { op: 'callLater'; seconds: number | null; body: SyncStatement[] }
  | { op: 'setVariable' }
  | { op: 'getVariable' }
  | {
      op: 'try'
      body: Statement[]
      catches: 'cancel' | 'error' | 'any'
      handler: Statement[]
      after: Statement[]
      rethrow: boolean
    }
