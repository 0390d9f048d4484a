import { call } from './call.ts'
import { HAND_OUT, RETURN } from './delegate-yield.ts'
import type { CompiledGenerator } from './frame.ts'
import type { FunctionSite } from './function-site.ts'
import { register } from './register.ts'

type Method = 'next' | 'throw' | 'return'
type Result = IteratorResult<unknown, unknown>

/** The number of a wait that stands nowhere in the source. */
const NOWHERE = 0

/** The requests to one async generator take turns. */
class Requests {
  #isBusy = false
  readonly #queue: (() => void)[] = []

  leave(): void {
    const next = this.#queue.shift()
    if (next === undefined) this.#isBusy = false
    else next()
  }

  /** Waits until it is this request's turn. */
  *enter(): CompiledGenerator<void> {
    if (!this.#isBusy) {
      this.#isBusy = true
      return
    }
    let grant!: () => void
    const turn = new Promise<void>((resolve) => (grant = resolve))
    this.#queue.push(grant)
    try {
      register.value = turn
      yield NOWHERE
    } catch (error) {
      const index = this.#queue.indexOf(grant)
      // It was its turn already: that goes to the next in line.
      if (index < 0) this.leave()
      else this.#queue.splice(index, 1)
      throw error
    }
  }
}

/** What an async generator object runs. */
class Body {
  readonly generator: CompiledGenerator
  readonly site: FunctionSite | undefined
  readonly #requests = new Requests()
  #hasBegun = false
  #isDone = false

  constructor(generator: CompiledGenerator, site: FunctionSite | undefined) {
    this.generator = generator
    this.site = site
  }

  *serve(method: Method, value: unknown): CompiledGenerator<Result> {
    yield* this.#requests.enter()
    try {
      if (!this.#hasBegun && method !== 'next') this.#isDone = true
      this.#hasBegun = true
      if (this.#isDone) return yield* afterEnd(method, value)
      return yield* this.#resume(method, value)
    } catch (error) {
      this.#isDone = true
      throw error
    } finally {
      this.#requests.leave()
    }
  }

  *#resume(method: Method, value: unknown): CompiledGenerator<Result> {
    let how = method
    let input = value
    let at = NOWHERE
    let isAwaited = method === 'return'
    let isHandedOut = false
    for (;;) {
      if (isAwaited) {
        try {
          register.value = input
          input = yield at
          if (isHandedOut) return { done: false, value: input }
        } catch (error) {
          how = 'throw'
          input = error
        }
      }
      const result: IteratorResult<number, unknown> = this.generator[how](input as never)
      if (result.done === true) {
        this.#isDone = true
        return { done: true, value: result.value }
      }
      input = register.value
      register.value = undefined
      const number = result.value
      if (number !== RETURN && number <= HAND_OUT) return { done: false, value: input }
      how = number === RETURN ? 'return' : 'next'
      isAwaited = number !== RETURN
      isHandedOut = number < 0
      at = isHandedOut ? -1 - number : number
    }
  }
}

function* afterEnd(method: Method, value: unknown): CompiledGenerator<Result> {
  if (method === 'throw') throw value
  if (method === 'next') return { done: true, value: undefined }
  register.value = value
  return { done: true, value: yield NOWHERE }
}

const bodies = new WeakMap<object, Body>()

function request(self: unknown, method: Method, value: unknown): Promise<Result> {
  const body = typeof self === 'object' && self !== null ? bodies.get(self) : undefined
  if (body === undefined) {
    return Promise.reject(new TypeError(`AsyncGenerator.prototype.${method} was called on what is no async generator.`))
  }
  return call(body.serve(method, value), body.site)
}

const methods = {
  next(this: unknown, value?: unknown): Promise<Result> {
    return request(this, 'next', value)
  },
  return(this: unknown, value?: unknown): Promise<Result> {
    return request(this, 'return', value)
  },
  throw(this: unknown, error?: unknown): Promise<Result> {
    return request(this, 'throw', error)
  },
}

/** The engine's, for async generators of every origin. */
const enginePrototype: object = Object.getPrototypeOf(async function* () {}.prototype)

const prototype: object = Object.create(enginePrototype)
for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true })
}

/**
 * Makes the async generator object that a call of a compiled async generator function returns.
 *
 * Its requests take turns. Each runs the body as a part of whatever awaits the request.
 *
 * @param generator - the body, which tells awaits from yields by the sign of what it yields
 * @param own - the function that was called, for its prototype
 */
export function asyncGenerator(
  generator: Generator<number, unknown, unknown>,
  site: FunctionSite | undefined,
  own?: { prototype: unknown },
): AsyncGenerator<unknown, unknown, unknown> {
  const of: unknown = own?.prototype
  const isObject = typeof of === 'object' && of !== null
  if (isObject && Object.getPrototypeOf(of) === Object.prototype) Object.setPrototypeOf(of, prototype)
  const made = Object.create(isObject ? of : prototype) as AsyncGenerator<unknown, unknown, unknown>
  bodies.set(made, new Body(generator, site))
  return made
}
