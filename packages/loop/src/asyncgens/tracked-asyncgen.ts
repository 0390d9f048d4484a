import { getRunningLoop } from '@asyncio-ts/core'
import type { AsyncgenRegistry, OpenAsyncgen } from './asyncgen-registry.ts'

/** A loop that closes async generators. The ambient loop does not: it has no end. */
interface ClosesAsyncgens {
  readonly _asyncgens?: AsyncgenRegistry
}

/** Stands in front of an async generator, and tells the loop when it begins and ends. */
export class TrackedAsyncgen<T, R> implements AsyncGenerator<T, R, unknown> {
  readonly #generator: AsyncGenerator<T, R, unknown>
  readonly #entry: OpenAsyncgen
  #registry: AsyncgenRegistry | null | undefined = undefined

  constructor(generator: AsyncGenerator<T, R, unknown>, name: string) {
    this.#generator = generator
    this.#entry = { generator, name, pending: 0 }
  }

  next(...sent: [] | [unknown]): Promise<IteratorResult<T, R>> {
    if (this.#registry === undefined) this.#begin()
    return this.#watch(this.#generator.next(...sent))
  }

  return(value: R | PromiseLike<R>): Promise<IteratorResult<T, R>> {
    return this.#watch(this.#generator.return(value))
  }

  throw(error: unknown): Promise<IteratorResult<T, R>> {
    return this.#watch(this.#generator.throw(error))
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return(undefined as R)
  }

  get [Symbol.toStringTag](): string {
    return 'AsyncGenerator'
  }

  #begin(): void {
    this.#registry = (getRunningLoop() as ClosesAsyncgens)._asyncgens ?? null
    this.#registry?.add(this.#entry, this)
  }

  #watch(outcome: Promise<IteratorResult<T, R>>): Promise<IteratorResult<T, R>> {
    const registry = this.#registry
    const entry = this.#entry
    if (!registry) return outcome
    entry.pending++
    return outcome.then(
      (result) => {
        entry.pending--
        if (result.done === true) registry.delete(entry)
        return result
      },
      (error: unknown) => {
        entry.pending--
        registry.delete(entry)
        throw error
      },
    )
  }
}
