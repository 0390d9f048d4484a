import { Random } from './random.ts'
import { BARRIERS, CONDITIONS, EVENTS, FUTURES, GROUPS, LOCKS, QUEUES, SEMAPHORES, SLOTS, TIMEOUTS } from './program.ts'
import type { Lockable, Program, Statement, SyncStatement, Target } from './program.ts'

const DEFS = 6
const MAX_DEPTH = 3

/** What mostly throws. */
const RISKY = new Set<Statement['op']>([
  ...(['release', 'getNowait', 'putNowait', 'taskDone', 'notify', 'waitCondition', 'wait', 'child'] as const),
  ...(['setResult', 'setError', 'reschedule', 'waitFor', 'raise', 'raiseCancelled', 'waitBarrier'] as const),
])

/** Makes a random program; the same seed makes the same program. */
export function generate(seed: number): Program {
  return new Generator(new Random(seed)).program()
}

class Generator {
  readonly #random: Random
  /** What this program is mostly about: objects are more often in each other's way when there are few kinds. */
  readonly #theme: readonly (() => Statement)[]
  /** The coroutine function that is being written, and how deep in its scopes. */
  #def = 0
  #depth = 0

  constructor(random: Random) {
    this.#random = random
    const themes = [this.#locks, this.#events, this.#conditions, this.#barriers, this.#queues, this.#futures]
    this.#theme = random.some([...themes, this.#waits], 2).flat()
  }

  program(): Program {
    const random = this.#random
    return {
      defs: Array.from({ length: DEFS }, (_, index) => {
        this.#def = index
        return index === 0 ? this.#main() : this.#task()
      }),
      semaphores: Array.from({ length: SEMAPHORES }, () => random.below(3)),
      bounded: Array.from({ length: SEMAPHORES }, () => random.below(3)),
      barriers: Array.from({ length: BARRIERS }, () => 1 + random.below(3)),
      queues: Array.from({ length: QUEUES }, () => ({
        kind: random.of(['Queue', 'Queue', 'PriorityQueue', 'LifoQueue'] as const),
        maxsize: random.below(4),
      })),
    }
  }

  /** Starts tasks and disturbs them; nothing that main does ends it. */
  #main(): Statement[] {
    const random = this.#random
    return Array.from({ length: 8 + random.below(8) }, (): Statement => {
      const roll = random.below(10)
      if (roll < 4) return random.of(this.#starts)()
      if (roll < 6) return { op: 'sleep', seconds: this.#seconds() }
      return this.#unharmed(roll < 8 ? this.#sync() : this.#statement())
    })
  }

  /** A coroutine function: most start some tasks first, to have something to wait for. */
  #task(): Statement[] {
    const count = this.#canStart() ? this.#random.below(3) : 0
    return [...Array.from({ length: count }, () => this.#spawn()), ...this.#body(8)]
  }

  #spawn(): Statement {
    return { op: 'spawn', slot: this.#slot(), def: this.#laterDef(), eager: this.#random.chance(8) }
  }

  #body(longest: number): Statement[] {
    return Array.from({ length: 1 + this.#random.below(longest) }, () => {
      const statement = this.#statement()
      return RISKY.has(statement.op) && !this.#random.chance(4) ? this.#unharmed(statement) : statement
    })
  }

  /** Goes on after the error of a statement, and sometimes after a cancel. */
  #unharmed(statement: Statement): Statement {
    const catches = this.#random.chance(4) ? 'any' : 'error'
    return { op: 'try', body: [statement], catches, handler: [], after: [], rethrow: false }
  }

  #inner(): Statement[] {
    this.#depth++
    const body = this.#body(4)
    this.#depth--
    return body
  }

  #statement(): Statement {
    const random = this.#random
    const roll = random.below(100)
    if (roll < 16) return { op: 'sleep', seconds: this.#seconds() }
    if (roll < 26 && this.#canStart()) return random.of(this.#starts)()
    if (roll < 42 && this.#depth < MAX_DEPTH) return random.of(this.#scopes)()
    if (roll < 86) return random.of(this.#theme)()
    return random.of(this.#rest)()
  }

  readonly #starts: readonly (() => Statement)[] = [
    () => this.#spawn(),
    () => this.#spawn(),
    () => this.#spawn(),
    () => this.#child(this.#random.below(GROUPS)),
  ]

  readonly #scopes: readonly (() => Statement)[] = [
    () => ({
      op: 'timeout',
      timeout: this.#random.below(TIMEOUTS),
      // Not zero: what a limit does that begins with a cancel pending differs on purpose.
      seconds: atLeast(this.#maybeSeconds()),
      body: this.#inner(),
    }),
    () => this.#group(),
    () => ({ op: 'with', ...this.#lockable(), body: this.#inner() }),
    () => ({
      op: 'try',
      body: this.#inner(),
      catches: this.#random.of(['cancel', 'error', 'any'] as const),
      handler: this.#random.chance(2) ? this.#inner() : [],
      after: this.#random.chance(3) ? this.#inner() : [],
      rethrow: this.#random.chance(2),
    }),
  ]

  readonly #rest: readonly (() => Statement)[] = [
    () => this.#sync(),
    () => this.#sync(),
    () => ({ op: 'cancelSelf' }),
    () => this.#together({ op: 'cancelSelf' }, { op: 'uncancelSelf' }, { op: 'sleep', seconds: 0 }),
    () => ({ op: 'raise' }),
    () => ({ op: 'raiseCancelled' }),
    () => ({ op: 'return' }),
    () => ({ op: 'states' }),
    () => ({ op: 'callLater', seconds: this.#maybeSeconds(), body: this.#callback() }),
    () => ({ op: 'setVariable' }),
    () => ({ op: 'getVariable' }),
  ]

  /** The statements of the callbacks, and of tasks too. */
  readonly #syncs: readonly (() => SyncStatement)[] = [
    () => ({ op: 'cancel', slot: this.#slot() }),
    () => ({ op: 'cancel', slot: this.#slot(), message: 'why' }),
    () => ({ op: 'uncancel', slot: this.#slot() }),
    () => ({ op: 'task', slot: this.#slot() }),
    () => ({ op: 'reschedule', timeout: this.#random.below(TIMEOUTS), seconds: this.#maybeSeconds() }),
    () => ({ op: this.#random.of(['set', 'clear'] as const), event: this.#random.below(EVENTS) }),
    () => ({ op: 'notify', condition: this.#random.below(CONDITIONS), count: this.#random.below(3) }),
    () => ({ op: 'release', ...this.#lockable() }),
    () => ({ op: 'putNowait', queue: this.#queue(), item: this.#random.below(5) }),
    () => ({ op: 'getNowait', queue: this.#queue() }),
    () => ({ op: this.#random.of(['setResult', 'setError', 'cancelFuture'] as const), future: this.#future() }),
  ]

  readonly #locks: readonly (() => Statement)[] = [
    () => ({ op: 'with', ...this.#lockable(), body: this.#shallow() }),
    () => ({ op: 'with', ...this.#lockable(), body: this.#shallow() }),
    () => ({ op: 'acquire', ...this.#lockable() }),
    () => ({ op: 'release', ...this.#lockable() }),
    () => this.#together({ op: 'release', ...this.#lockable() }, { op: 'cancel', slot: this.#slot() }),
    () => this.#together({ op: 'cancel', slot: this.#slot() }, { op: 'release', ...this.#lockable() }),
    () => ({ op: 'cancel', slot: this.#slot() }),
  ]

  readonly #events: readonly (() => Statement)[] = [
    () => ({ op: 'waitEvent', event: this.#random.below(EVENTS) }),
    () => ({ op: 'set', event: this.#random.below(EVENTS) }),
    () => ({ op: 'clear', event: this.#random.below(EVENTS) }),
  ]

  readonly #conditions: readonly (() => Statement)[] = [
    () => this.#withCondition('waitCondition'),
    () => this.#withCondition('waitCondition'),
    () => this.#withCondition('notify'),
    () => ({ op: 'cancel', slot: this.#slot() }),
  ]

  readonly #barriers: readonly (() => Statement)[] = [
    () => ({ op: 'waitBarrier', barrier: this.#barrier() }),
    () => ({ op: 'waitBarrier', barrier: this.#barrier() }),
    () => ({ op: 'waitBarrier', barrier: this.#barrier() }),
    () => ({ op: 'resetBarrier', barrier: this.#barrier() }),
    () => ({ op: 'abortBarrier', barrier: this.#barrier() }),
  ]

  readonly #queues: readonly (() => Statement)[] = [
    () => ({ op: 'put', queue: this.#queue(), item: this.#random.below(5) }),
    () => ({ op: 'put', queue: this.#queue(), item: this.#random.below(5) }),
    () => ({ op: 'get', queue: this.#queue() }),
    () => ({ op: 'get', queue: this.#queue() }),
    () => ({ op: 'taskDone', queue: this.#queue() }),
    () => ({ op: 'join', queue: this.#queue() }),
    () => ({ op: 'putNowait', queue: this.#queue(), item: this.#random.below(5) }),
    () => ({ op: 'getNowait', queue: this.#queue() }),
    () => ({ op: 'shutdown', queue: this.#queue(), immediate: this.#random.chance(2) }),
  ]

  readonly #futures: readonly (() => Statement)[] = [
    () => ({ op: 'await', target: { future: this.#future() } }),
    () => ({ op: 'shield', target: { future: this.#future() } }),
    () => ({ op: 'callback', future: this.#future(), body: this.#callback() }),
    () => ({ op: this.#random.of(['setResult', 'setError', 'cancelFuture'] as const), future: this.#future() }),
  ]

  readonly #waits: readonly (() => Statement)[] = [
    () => ({ op: 'await', target: this.#target() }),
    () => ({ op: 'shield', target: this.#target() }),
    () => ({ op: 'waitFor', target: this.#target(), seconds: this.#seconds() }),
    () => ({ op: 'waitFor', target: this.#target(), seconds: this.#seconds() }),
    () => ({
      op: 'gather',
      targets: Array.from({ length: this.#random.below(4) }, () => this.#target()),
      returnExceptions: this.#random.chance(2),
    }),
    () => ({
      op: 'wait',
      slots: Array.from({ length: this.#random.below(4) }, () => this.#slot()),
      seconds: this.#maybeSeconds(),
      when: this.#random.of(['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION']),
    }),
    () => ({
      op: 'asCompleted',
      defs: this.#canStart() ? Array.from({ length: this.#random.below(4) }, () => this.#laterDef()) : [],
      seconds: this.#maybeSeconds(),
    }),
    () => ({ op: 'cancel', slot: this.#slot() }),
  ]

  #child(group: number): Statement {
    return { op: 'child', group, def: this.#laterDef(), eager: this.#random.chance(8) }
  }

  #group(): Statement {
    const group = this.#random.below(GROUPS)
    const count = this.#canStart() ? this.#random.below(4) : 0
    return { op: 'group', group, body: [...Array.from({ length: count }, () => this.#child(group)), ...this.#inner()] }
  }

  /** What is done in one turn, as far as it goes. */
  #together(...body: Statement[]): Statement {
    return {
      op: 'try',
      body,
      catches: this.#random.of(['error', 'any'] as const),
      handler: [],
      after: [],
      rethrow: false,
    }
  }

  #sync(): SyncStatement {
    return this.#random.of(this.#syncs)()
  }

  #callback(): SyncStatement[] {
    return Array.from({ length: 1 + this.#random.below(2) }, () => this.#sync())
  }

  /** A body for what is often nested: it ends somewhere. */
  #shallow(): Statement[] {
    return this.#depth < MAX_DEPTH ? this.#inner() : [{ op: 'sleep', seconds: this.#seconds() }]
  }

  #withCondition(what: 'waitCondition' | 'notify'): Statement {
    const index = this.#random.below(CONDITIONS)
    const inner: Statement =
      what === 'notify'
        ? { op: what, condition: index, count: 1 + this.#random.below(2) }
        : { op: what, condition: index }
    return { op: 'with', kind: 'condition', index, body: [inner] }
  }

  #target(): Target {
    const roll = this.#random.below(10)
    if (roll < 4 && this.#canStart()) return { def: this.#laterDef() }
    return roll < 9 ? { slot: this.#slot() } : { future: this.#future() }
  }

  #lockable(): { kind: Lockable; index: number } {
    const kind = this.#random.of(['lock', 'lock', 'semaphore', 'bounded', 'condition'] as const)
    return { kind, index: this.#random.below(LOCKS) }
  }

  #canStart = (): boolean => this.#def < DEFS - 1
  #laterDef = (): number => this.#def + 1 + this.#random.below(DEFS - 1 - this.#def)
  #slot = (): number => this.#random.below(SLOTS)
  #queue = (): number => this.#random.below(QUEUES)
  #barrier = (): number => this.#random.below(BARRIERS)
  #future = (): number => this.#random.below(FUTURES)
  /** Short, so that deadlines often meet. */
  #seconds = (): number => this.#random.of([0, 0, 0, 1, 1, 2, 3])
  #maybeSeconds = (): number | null => (this.#random.chance(4) ? null : this.#seconds())
}

/** A limit that is above zero, or none. */
function atLeast(seconds: number | null): number | null {
  return seconds === 0 ? 1 : seconds
}
