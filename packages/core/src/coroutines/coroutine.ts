import type { Suspension } from '../contract/awaitable.ts'
import type { Coroutine, CoroutineObject } from '../contract/coroutine.ts'
import { InertCoroutine } from './inert-coroutine.ts'
import { isCoroutine, isGeneratorFunction } from '../is-coroutine.ts'
import { markCoroutineFunction } from '../is-coroutine-function.ts'
import { functionName } from '../repr.ts'

/** What the coroutine objects of one coroutine function share. */
interface Definition {
  readonly name: string
  readonly fn: (...args: unknown[]) => unknown
}

const NO_ARGS: readonly unknown[] = []

/**
 * A call that has not begun. The generator is made at the first await: where it then ends in its first step it dies
 * young, however long the call waited in line.
 */
class GeneratorCoroutine extends InertCoroutine<unknown> {
  declare private readonly _definition: Definition
  declare private readonly _self: unknown
  declare private readonly _args: readonly unknown[]

  constructor(definition: Definition, self: unknown, args: readonly unknown[]) {
    super(definition.name)
    this._definition = definition
    this._self = self
    this._args = args.length === 0 ? NO_ARGS : args
  }

  override get _name(): string {
    return this._definition.name
  }

  protected override begin(): Coroutine<unknown> {
    const { fn, name } = this._definition
    const generator = fn.apply(this._self, this._args as unknown[])
    if (!isCoroutine(generator)) throw notAGenerator(name)
    return generator as Coroutine<unknown>
  }
}

function notAGenerator(name: string): TypeError {
  return new TypeError(`coroutine() takes a function*, and ${name} is not one: an async function needs no wrapper.`)
}

/**
 * Makes a coroutine function of a `function*`: calling it returns an inert coroutine object, which starts when it is
 * awaited in either spelling, gathered, or run as a task.
 *
 * Works as a method decorator as well. A decorator cannot change the type that TypeScript gives a method: it stays a
 * generator's, so write `yield*` there, or make the method a field, `add = coroutine(function* (this: Counter) { … })`.
 *
 * @param fn - the body; it waits with `yield*`
 * @param options.name - what the coroutines are called in messages; the name of `fn` when absent, which bundlers change
 * @returns a function with the same parameters
 * @throws TypeError when `fn` is not a function, and at the call when it is not a `function*`
 *
 * @remarks
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
  options?: { readonly name: string },
): (this: This, ...args: A) => CoroutineObject<T>
export function coroutine<This, A extends unknown[], T>(
  fn: (this: This, ...args: A) => Generator<Suspension, T, unknown>,
  context?: { readonly name: string | symbol },
): unknown {
  if (typeof fn !== 'function') throw new TypeError('coroutine() takes a function*.')
  const name = context === undefined ? functionName(fn) : String(context.name)
  const definition: Definition = { name, fn: fn as never }
  // What a compiler makes of a function* for old engines is known by what it returns.
  const isNative = isGeneratorFunction(fn)
  function start(this: This, ...args: A): unknown {
    if (isNative) return new GeneratorCoroutine(definition, this, args)
    const generator: unknown = fn.apply(this, args)
    if (!isCoroutine(generator)) throw notAGenerator(name)
    return new GeneratorCoroutine({ name, fn: () => generator }, this, args)
  }
  Object.defineProperty(start, 'name', { value: name, configurable: true })
  markCoroutineFunction(start)
  return start
}
