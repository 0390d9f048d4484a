import { register } from './register.ts'

interface Resource {
  readonly value: unknown
  /** Undefined where the resource is null or undefined, and only takes a turn. */
  readonly dispose: ((this: unknown) => unknown) | undefined
  readonly isAsync: boolean
  /** Whether what `dispose` returns is awaited. */
  readonly isAwaited: boolean
}

function methodOf(value: unknown, isAsync: boolean): { dispose: () => unknown; isAwaited: boolean } {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
    throw new TypeError('What is declared by using is not an object')
  }
  const resource = value as { [Symbol.asyncDispose]?: unknown; [Symbol.dispose]?: unknown }
  const asyncMethod = isAsync ? resource[Symbol.asyncDispose] : undefined
  const isOwn = asyncMethod !== undefined && asyncMethod !== null
  const method = isOwn ? asyncMethod : resource[Symbol.dispose]
  if (typeof method !== 'function') throw new TypeError('What is declared by using cannot be disposed of')
  return { dispose: method as () => unknown, isAwaited: isOwn }
}

function suppressed(error: unknown, previous: unknown): Error {
  const { SuppressedError } = globalThis as { SuppressedError?: new (error: unknown, suppressed: unknown) => Error }
  if (SuppressedError !== undefined) return new SuppressedError(error, previous)
  const result = new Error('An error was suppressed during disposal')
  result.name = 'SuppressedError'
  return Object.assign(result, { error, suppressed: previous })
}

/** The resources of one block with `await using`. */
export class Disposer {
  readonly #resources: Resource[] = []
  #failure: { error: unknown } | null = null

  /** Takes charge of a resource, and returns it. */
  use<T>(value: T, isAsync: boolean): T {
    if (value === null || value === undefined) {
      if (isAsync) this.#resources.push({ value, dispose: undefined, isAsync, isAwaited: false })
      return value
    }
    this.#resources.push({ value, isAsync, ...methodOf(value, isAsync) })
    return value
  }

  /** Notes the error by which the block ends. */
  fail(error: unknown): void {
    this.#failure = { error }
  }

  /** Disposes of all resources, the last one first, and throws what has failed. */
  *dispose(site: number): Generator<number, void, unknown> {
    let needsTurn = false
    let hasWaited = false
    for (let resource = this.#resources.pop(); resource !== undefined; resource = this.#resources.pop()) {
      if (!resource.isAsync && needsTurn && !hasWaited) {
        needsTurn = false
        register.value = undefined
        yield site
      }
      if (resource.dispose === undefined) {
        needsTurn = true
        continue
      }
      try {
        const result = Reflect.apply(resource.dispose, resource.value, [])
        if (resource.isAsync) {
          hasWaited = true
          register.value = resource.isAwaited ? result : undefined
          yield site
        }
      } catch (error) {
        this.#failure = { error: this.#failure === null ? error : suppressed(error, this.#failure.error) }
      }
    }
    if (needsTurn && !hasWaited) {
      register.value = undefined
      yield site
    }
    if (this.#failure !== null) throw this.#failure.error
  }
}

/** Begins a block with `await using`. */
export function disposer(): Disposer {
  return new Disposer()
}
