import {
  allTasks,
  ContextVar,
  copyContext,
  coroutine,
  currentTask,
  ExceptionGroup,
  getRunningLoop,
  isCancelled,
  isFuture,
  matchErrors,
  Task,
} from '../src/index.ts'
import { InertCoroutine, runBody } from '../src/primitives.ts'
import type {
  Awaitable,
  AwaitableLike,
  CancelledError,
  Coroutine,
  CoroutineObject,
  EventLoop,
  Future,
  FutureLike,
  TaskLike,
  TaskView,
} from '../src/index.ts'
import { typeOf } from './expect-type.ts'

declare const future: Future<number>
declare const task: Task<string>
declare const loop: EventLoop

/* A future and a task wait in both spellings, with their own types. */
export async function awaited(): Promise<void> {
  typeOf(await future).is<number>()
  typeOf(await task).is<string>()
  typeOf(await future.then((value) => String(value))).is<string>()
  typeOf(await future.catch(() => 'fallback')).is<string | number>()
  typeOf(await Promise.all([future, task])).is<[number, string]>()
  typeOf(await loop.createFuture<Date>()).is<Date>()
  // @ts-expect-error a future is no number
  const wrong: number = future
  void wrong
}

export function* yielded(): Coroutine<void> {
  typeOf(yield* future).is<number>()
  typeOf(yield* task).is<string>()
  typeOf(yield* loop.createFuture<Date>()).is<Date>()
}

/* coroutine() keeps parameters, also optional, rest and generic ones, and `this`. */
const add = coroutine(function* (a: number, b: number) {
  typeOf(yield* future).is<number>()
  return a + b
})
typeOf(add).is<(this: unknown, a: number, b: number) => CoroutineObject<number>>()
const optional = coroutine(function* (name: string, times: number = 1, ...rest: boolean[]) {
  yield undefined
  return [name, times, rest] as const
})
typeOf(optional('a')).is<CoroutineObject<readonly [string, number, boolean[]]>>()
optional('a', 2, true, false)
// @ts-expect-error a string is missing
optional()
// @ts-expect-error the second is a number
optional('a', 'b')

const identity = coroutine(function* <T>(value: T, list: T[]) {
  yield undefined
  return [value, ...list]
})
typeOf(identity(1, [2])).is<CoroutineObject<number[]>>()
typeOf(identity('a', ['b'])).is<CoroutineObject<string[]>>()
// @ts-expect-error the two differ
identity(1, ['b'])

const pair = coroutine(function* <A, B extends readonly unknown[]>(first: A, second: B) {
  yield* future
  return { first, second }
})
typeOf(pair('x', [1, true] as const)).is<CoroutineObject<{ first: string; second: readonly [1, true] }>>()

// @ts-expect-error an async function needs no wrapper
coroutine(async () => 1)
// @ts-expect-error a generator of numbers yields what no task can wait for
coroutine(function* () {
  yield 1
})

export async function coroutines(): Promise<void> {
  typeOf(await add(1, 2)).is<number>()
  typeOf(await identity({ a: 1 }, [])).is<{ a: number }[]>()
  // @ts-expect-error the result is a number
  const wrong: string = await add(1, 2)
  void wrong
}
export function* coroutinesYielded(): Coroutine<number> {
  typeOf(yield* identity('a', ['b'])).is<string[]>()
  return yield* add(1, 2)
}

/* As a decorator it keeps the type of the method: a generator's. */
export class Counter {
  @coroutine
  *add(n: number): Coroutine<number> {
    return n + (yield* future)
  }

  @coroutine
  static *make(): Coroutine<Counter> {
    return new Counter()
  }

  read = coroutine(function* (this: Counter) {
    return yield* this.add(1)
  })
}
typeOf(new Counter().add(1)).is<Coroutine<number>>()
typeOf(new Counter().read()).is<CoroutineObject<number>>()
// @ts-expect-error the argument is a number
new Counter().add('a')

/* A task is made of whatever starts when it is called, and of nothing that runs already. */
typeOf(new Task(add(1, 2))).is<Task<number>>()
typeOf(new Task(async () => 'text')).is<Task<string>>()
typeOf(
  new Task(function* () {
    return yield* future
  }),
).is<Task<number>>()
typeOf(new Task(() => add(1, 2))).is<Task<number>>()
typeOf(new Task(() => future)).is<Task<number>>()
typeOf(new Task(() => Promise.resolve(true))).is<Task<boolean>>()
typeOf(new Task(async (self) => self.getName())).is<Task<string>>()
typeOf(loop.createTask(async () => 1)).is<TaskLike<number>>()
typeOf(getRunningLoop().createTask(add(1, 2))).is<TaskLike<number>>()
// @ts-expect-error a promise runs already
loop.createTask(Promise.resolve(1))
// @ts-expect-error so does what an async function returns
loop.createTask((async () => 1)())
// @ts-expect-error so does a future
loop.createTask(future)
// @ts-expect-error and a task
loop.createTask(task)
// @ts-expect-error the function must return what can be waited for
loop.createTask(() => 1)
// @ts-expect-error the function takes the task and nothing else
loop.createTask(add)
loop.createTask(function* (self: TaskView) {
  return self.cancelling()
})

/* Options are checked. */
loop.createTask(async () => 1, { name: 'n', context: copyContext(), eagerStart: true, signal: AbortSignal.abort() })
// @ts-expect-error there is no such option
loop.createTask(async () => 1, { nmae: 'n' })

/* A future may be taken for one of a wider type where nobody can write to it. */
const readable: Awaitable<number | string> = future
const promise: Promise<number | string> = future
const like: AwaitableLike<unknown> = task
const shared: FutureLike<string> = task
void [readable, promise, like, shared]
// @ts-expect-error not for one of another type
const other: Awaitable<boolean> = future
void other

/* Guards narrow. */
export function guards(value: unknown, error: unknown): void {
  if (isCancelled(error)) typeOf(error).is<CancelledError>()
  if (isFuture(value)) typeOf(value.done()).is<boolean>()
  typeOf(matchErrors(error, RangeError)).is<RangeError[]>()
  if (error instanceof ExceptionGroup) typeOf(error.subgroup(RangeError)).is<ExceptionGroup | null>()
}
typeOf(currentTask()).is<Task<unknown> | null>()
typeOf(allTasks()).is<Set<Task<unknown>>>()

/* Variables and contexts. */
const variable = new ContextVar('v', { default: 1 })
typeOf(variable.get()).is<number>()
typeOf(copyContext().run((a: number, b: string) => `${a}${b}`, 1, 'x')).is<string>()
// @ts-expect-error the second argument is a string
copyContext().run((a: number, b: string) => `${a}${b}`, 1, 2)
// @ts-expect-error the variable holds numbers
variable.set('x')

/* Callbacks take their arguments after them, and options last. */
loop.callSoon((a: number, b: string) => [a, b], 1, 'x')
loop.callSoon((a: number, b: string) => [a, b], 1, 'x', { context: copyContext() })
loop.callLater(1, () => undefined)
loop.callAt(1, (a: number) => a, 1, { context: copyContext() })
// @ts-expect-error an argument is missing
loop.callSoon((a: number, b: string) => [a, b], 1)
// @ts-expect-error the second argument is a string
loop.callLater(1, (a: number, b: string) => [a, b], 1, 2)
future.addDoneCallback((done) => typeOf(done.result()).is<number>())
task.addDoneCallback((done) => typeOf(done).is<Task<string>>())

/* Bodies of every kind. */
export function* bodies(): Coroutine<void> {
  typeOf(yield* runBody(async () => 1)).is<number>()
  typeOf(
    yield* runBody(function* () {
      return 'text'
    }),
  ).is<string>()
  typeOf(yield* runBody(() => add(1, 2))).is<number>()
  typeOf(yield* runBody((a: number) => a > 1, 2)).is<boolean>()
}

/* Authors of primitives. */
export class Take extends InertCoroutine<number> {
  protected begin(): undefined {
    this.result = 1
    // @ts-expect-error the result is a number
    this.result = 'one'
  }
}
