import { runtime } from './runtime.ts'

interface Watched {
  readonly _name: string
}

interface Origin {
  name: string
  stack: string
}

const registry = new FinalizationRegistry<Origin>(({ name, stack }) => {
  const loop = runtime.running ?? runtime.current ?? runtime.ambient
  loop?.callExceptionHandler({ message: `coroutine '${name}' was never awaited`, sourceTraceback: stack })
})

/** In debug mode, reports a coroutine object that is collected without having been awaited, and where it was made. */
export function watchNeverAwaited(coroutine: Watched): void {
  const { stack = '' } = new Error('Coroutine created at')
  registry.register(coroutine, { name: coroutine._name, stack }, coroutine)
}

/** Ends the watch: the coroutine has been awaited or closed. */
export function noteAwaited(coroutine: Watched): void {
  registry.unregister(coroutine)
}
