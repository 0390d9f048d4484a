import { targetOf } from './target.ts'
import type { Target } from './target.ts'
import type { Callable } from './worker-function.ts'

/** What every worker of a pool begins with. */
export interface StartOptions {
  readonly initializer: Target | undefined
  readonly initargs: readonly unknown[]
}

/** @throws TypeError when the initializer could not work in a worker */
export function startOptionsOf(options: {
  readonly initializer?: Callable | undefined
  readonly initargs?: readonly unknown[] | undefined
}): StartOptions {
  const { initializer, initargs } = options
  return { initializer: initializer === undefined ? undefined : targetOf(initializer), initargs: initargs ?? [] }
}
