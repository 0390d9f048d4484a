import type { Executor } from './contract/executor.ts'
import { RuntimeError } from './errors/errors.ts'
import { runtime } from './runtime.ts'

/** Sets what makes the default executor of every loop that is given none. For packages that bring executors. */
export function provideDefaultExecutor(make: () => Executor): void {
  runtime.newDefaultExecutor = make
}

/**
 * Makes the default executor of a loop that was given none.
 *
 * @throws RuntimeError when no package with executors has been loaded
 */
export function newDefaultExecutor(): Executor {
  if (runtime.newDefaultExecutor === null) {
    throw new RuntimeError(
      "There is no default executor: import '@asyncio-ts/executors', or call loop.setDefaultExecutor(executor) first.",
    )
  }
  return runtime.newDefaultExecutor()
}
