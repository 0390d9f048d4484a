import type { Suspension } from './contract/awaitable.ts'
import type { Coroutine, CoroutineObject } from './contract/coroutine.ts'
import { InertCoroutine } from './inert-coroutine.ts'
import { isCoroutine } from './is-coroutine.ts'
import { markCoroutineFunction } from './is-coroutine-function.ts'
import { functionName } from './repr.ts'

class GeneratorCoroutine<T> extends InertCoroutine<T> {
  readonly #generator: Coroutine<T>
  readonly #functionName: string

  constructor(generator: Coroutine<T>, name: string) {
    super(name)
    this.#generator = generator
    this.#functionName = name
  }

  override get _name(): string {
    return this.#functionName
  }

  protected override begin(): Coroutine<T> {
    return this.#generator
  }
}

/**
 * Makes a coroutine function of a `function*`: calling it returns an inert coroutine object, which starts when it is
 * awaited in either spelling, gathered, or run as a task.
 *
 * Works as a method decorator as well. A decorator cannot change the type that TypeScript gives a method: it stays a
 * generator's, so write `yield*` there, or make the method a field, `add = coroutine(function* (this: Counter) { … })`.
 *
 * @param fn - the body; it waits with `yield*`
 * @returns a function with the same parameters
 * @throws TypeError when `fn` is not a function, and at the call when it is not a `function*`
 *
 * **Cancellation** A CancelledError is thrown at the `yield*` the coroutine is parked at; `finally` blocks run, and may
 * wait.
 * **Differences from CPython** None: it is `async def`.
 * @example
 * const greet = coroutine(function* (name: string) {
 *   yield* sleep(1)
 *   return `hello ${name}`
 * })
 * console.log(await greet('world'))
 * @see https://docs.python.org/3/library/asyncio-task.html#coroutines
 */
export function coroutine<This, A extends unknown[], T>(
  method: (this: This, ...args: A) => Coroutine<T>,
  context: ClassMethodDecoratorContext<This, (this: This, ...args: A) => Coroutine<T>>,
): (this: This, ...args: A) => Coroutine<T>
export function coroutine<This, A extends unknown[], T>(
  fn: (this: This, ...args: A) => Generator<Suspension, T, unknown>,
): (this: This, ...args: A) => CoroutineObject<T>
export function coroutine<This, A extends unknown[], T>(
  fn: (this: This, ...args: A) => Generator<Suspension, T, unknown>,
  context?: { readonly name: string | symbol },
): unknown {
  if (typeof fn !== 'function') throw new TypeError('coroutine() takes a function*.')
  const name = context === undefined ? functionName(fn) : String(context.name)
  function start(this: This, ...args: A): CoroutineObject<T> {
    const generator: unknown = fn.apply(this, args)
    if (!isCoroutine(generator)) {
      throw new TypeError(`coroutine() takes a function*, and ${name} is not one: an async function needs no wrapper.`)
    }
    return new GeneratorCoroutine(generator as Coroutine<T>, name)
  }
  Object.defineProperty(start, 'name', { value: name, configurable: true })
  markCoroutineFunction(start)
  return start
}
