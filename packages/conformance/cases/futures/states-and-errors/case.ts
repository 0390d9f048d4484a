import { asyncio, trace } from '../../../src/case.ts'

export function* main() {
  const loop = asyncio.getRunningLoop()
  const future = loop.createFuture()
  for (const ask of [() => future.result(), () => future.exception()]) {
    try {
      ask()
    } catch (error) {
      trace(error)
    }
  }
  future.setException(new asyncio.ValueError('x'))
  trace(future.done(), future.cancelled(), future.exception())
  for (const change of [() => future.setResult(1), () => future.setException(new Error())]) {
    try {
      change()
    } catch (error) {
      trace(error)
    }
  }
  trace(future.cancel())
  const cancelled = loop.createFuture()
  trace(cancelled.cancel('why'), cancelled.done(), cancelled.cancelled())
  for (const ask of [() => cancelled.result(), () => cancelled.exception()]) {
    try {
      ask()
    } catch (error) {
      trace(error)
    }
  }
}
