// A runtime of plain promises: it shows what the compiled code means, without a scheduler.
import { HAND_OUT, RETURN } from '../../../core/src/compiled/delegate-yield.ts'
import { register } from '../../../core/src/compiled/register.ts'

export { asyncIterator } from '../../../core/src/compiled/async-iteration.ts'
export { delegateYield } from '../../../core/src/compiled/delegate-yield.ts'
export { disposer } from '../../../core/src/compiled/disposer.ts'
export { register }

export interface FunctionSite {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly sites: readonly number[]
}

type Entry = readonly [name: string, line: number, column: number, sites: readonly number[]]

export function describe(file: string, functions: readonly Entry[]): FunctionSite[] {
  return functions.map(([name, line, column, sites]) => ({ name, file, line, column, sites }))
}

type Compiled = Generator<number, unknown, unknown>

function take(): unknown {
  const { value } = register
  register.value = undefined
  return value
}

export function call(generator: Compiled, _site: FunctionSite | undefined): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const step = (method: 'next' | 'throw', input: unknown): void => {
      let result: IteratorResult<number, unknown>
      try {
        result = generator[method](input)
      } catch (error) {
        reject(error)
        return
      }
      if (result.done) resolve(result.value)
      else {
        Promise.resolve(take()).then(
          (value) => step('next', value),
          (error: unknown) => step('throw', error),
        )
      }
    }
    step('next', undefined)
  })
}

export function apply(
  generatorFunction: (...values: unknown[]) => Compiled,
  self: unknown,
  values: ArrayLike<unknown>,
  site: FunctionSite | undefined,
): Promise<unknown> {
  let generator: Compiled
  try {
    generator = Reflect.apply(generatorFunction, self, values)
  } catch (error) {
    return Promise.reject(error)
  }
  return call(generator, site)
}

interface Request {
  readonly method: 'next' | 'throw' | 'return'
  readonly value: unknown
  readonly resolve: (result: IteratorResult<unknown>) => void
  readonly reject: (error: unknown) => void
}

const basePrototype = Object.getPrototypeOf(async function* () {}.prototype) as object

/** An async generator object: requests wait for each other. */
class Driver {
  readonly #requests: Request[] = []
  #isRunning = false
  #isDone = false
  #hasBegun = false

  constructor(private readonly generator: Compiled) {}

  send(method: Request['method'], value: unknown): Promise<IteratorResult<unknown>> {
    return new Promise((resolve, reject) => {
      this.#requests.push({ method, value, resolve, reject })
      if (!this.#isRunning) void this.#serve()
    })
  }

  async #serve(): Promise<void> {
    this.#isRunning = true
    for (let request = this.#requests[0]; request !== undefined; request = this.#requests[0]) {
      try {
        const result = await this.#run(request)
        this.#requests.shift()
        request.resolve(result)
      } catch (error) {
        this.#isDone = true
        this.#requests.shift()
        request.reject(error)
      }
    }
    this.#isRunning = false
  }

  async #run({ method, value }: Request): Promise<IteratorResult<unknown>> {
    if (!this.#hasBegun && method !== 'next') this.#isDone = true
    if (this.#isDone) {
      if (method === 'throw') throw value
      return { value: method === 'return' ? await value : undefined, done: true }
    }
    this.#hasBegun = true
    let [how, input] = [method, value]
    if (how === 'return') [how, input] = await settle(input, 'return')
    for (;;) {
      const result = this.generator[how](input)
      if (result.done) {
        this.#isDone = true
        return { value: result.value, done: true }
      }
      const out = take()
      if (result.value === RETURN) [how, input] = ['return', out]
      else if (result.value <= HAND_OUT) return { value: out, done: false }
      else {
        ;[how, input] = await settle(out, 'next')
        if (result.value < 0 && how === 'next') return { value: input, done: false }
      }
    }
  }
}

async function settle(value: unknown, success: Request['method']): Promise<[Request['method'], unknown]> {
  try {
    return [success, await value]
  } catch (error) {
    return ['throw', error]
  }
}

export function asyncGenerator(
  generator: Compiled,
  _site: FunctionSite | undefined,
  own?: { prototype: unknown },
): object {
  const prototype = typeof own?.prototype === 'object' && own.prototype !== null ? own.prototype : basePrototype
  if (prototype !== basePrototype && Object.getPrototypeOf(prototype) === Object.prototype) {
    Object.setPrototypeOf(prototype, basePrototype)
  }
  const driver = new Driver(generator)
  return Object.defineProperties(Object.create(prototype as object) as object, {
    next: { value: (value: unknown) => driver.send('next', value) },
    throw: { value: (error: unknown) => driver.send('throw', error) },
    return: { value: (value: unknown) => driver.send('return', value) },
  })
}
