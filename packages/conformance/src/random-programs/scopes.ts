import * as asyncio from 'asyncio-ts'
import type { Op, Operation } from './operations.ts'

/** The statements that have a body. */
export const SCOPES = {
  *timeout(it, frame, s: Op<'timeout'>) {
    const timeout = yield* asyncio.timeout(s.seconds, function* (scope) {
      it.world.timeouts[s.timeout] = scope
      yield* it.run(frame, s.body)
      return scope
    })
    return timeout.expired()
  },
  *group(it, frame, s: Op<'group'>) {
    yield* asyncio.taskGroup(function* (group) {
      it.world.groups[s.group] = group
      yield* it.run(frame, s.body)
    })
  },
  *with(it, frame, s: Op<'with'>) {
    const lockable = it.world.lockables[s.kind][s.index]!
    yield* lockable.acquire()
    try {
      yield* it.run(frame, s.body)
    } finally {
      lockable.release()
    }
  },
  *try(it, frame, s: Op<'try'>) {
    try {
      yield* it.run(frame, s.body)
    } catch (error) {
      if (s.catches === 'cancel' ? !asyncio.isCancelled(error) : s.catches === 'error' && asyncio.isCancelled(error)) {
        throw error
      }
      yield* it.run(frame, s.handler)
      if (s.rethrow) throw error
    } finally {
      yield* it.run(frame, s.after)
    }
  },
} satisfies Record<string, Operation>
