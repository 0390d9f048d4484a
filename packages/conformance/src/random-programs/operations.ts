import type { Coroutine, Task } from '@asyncio-ts/core'
import * as asyncio from 'asyncio-ts'
import type { Frame, Interpreter } from './interpreter.ts'
import type { Statement, SyncStatement } from './program.ts'
import { SCOPES } from './scopes.ts'

type Name = Exclude<Statement, SyncStatement>['op']
export type Operation = (it: Interpreter, frame: Frame, s: never) => Coroutine<unknown>
export type Op<Names extends Statement['op']> = Statement & { op: Names }

/** What may wait, by the name of the statement. */
const OPERATIONS: Record<Name, Operation> = {
  ...SCOPES,

  *sleep(_it, _frame, s: Op<'sleep'>) {
    return yield* asyncio.sleep(s.seconds, 'slept')
  },
  *spawn(it, _frame, s: Op<'spawn'>) {
    const options = s.eager ? { eagerStart: true } : undefined
    const task = it.createTask(s.def, (coroutine) => it.loop.createTask(coroutine, options))
    if (task === null) return 'none'
    it.world.slots[s.slot] = task as Task
    return it.numbers.get(task)
  },
  *child(it, _frame, s: Op<'child'>) {
    const group = it.world.groups[s.group]!
    if (group === null) return 'none'
    const options = s.eager ? { eagerStart: true } : undefined
    const task = it.createTask(s.def, (coroutine) => group.createTask(coroutine, options))
    return task === null ? 'none' : it.numbers.get(task)
  },
  *cancelSelf() {
    return asyncio.currentTask()!.cancel('self')
  },
  *uncancelSelf() {
    return asyncio.currentTask()!.uncancel()
  },
  *raise() {
    throw new asyncio.ValueError('of a random program')
  },
  *raiseCancelled() {
    throw new asyncio.CancelledError('raised')
  },
  *return(_it, frame) {
    frame.returned = true
  },
  *await(it, frame, s: Op<'await'>) {
    const target = it.target(frame, s.target)
    return target === null ? 'none' : yield* target
  },
  *shield(it, frame, s: Op<'shield'>) {
    const target = it.target(frame, s.target)
    return target === null ? 'none' : yield* asyncio.shield(target)
  },
  *waitFor(it, frame, s: Op<'waitFor'>) {
    const target = it.target(frame, s.target)
    return target === null ? 'none' : yield* asyncio.waitFor(target, s.seconds)
  },
  *gather(it, frame, s: Op<'gather'>) {
    const targets = s.targets.map((target) => it.target(frame, target)).filter((target) => target !== null)
    return yield* asyncio.gather(targets, { returnExceptions: s.returnExceptions })
  },
  *wait(it, frame, s: Op<'wait'>) {
    const tasks = s.slots.map((slot) => it.taskFor(frame, slot)).filter((task) => task !== null)
    const { done, pending } = yield* asyncio.wait(tasks, { timeout: s.seconds, returnWhen: s.when as 'ALL_COMPLETED' })
    return [done, pending].map((set) => [...set].map((task) => it.numbers.get(task)!).sort((a, b) => a - b))
  },
  *asCompleted(it, _frame, s: Op<'asCompleted'>) {
    const tasks = s.defs.map((def) => it.createTask(def, (coroutine) => it.loop.createTask(coroutine)))
    const results: unknown[] = []
    for (const waiting of asyncio.asCompleted(
      tasks.filter((task) => task !== null),
      { timeout: s.seconds },
    )) {
      try {
        results.push(yield* waiting)
      } catch (error) {
        results.push(asyncio.rethrowIfCancelled(error) ?? error)
      }
    }
    return results
  },
  *acquire(it, _frame, s: Op<'acquire'>) {
    yield* it.world.lockables[s.kind][s.index]!.acquire()
  },
  *waitEvent(it, _frame, s: Op<'waitEvent'>) {
    yield* it.world.events[s.event]!.wait()
  },
  *waitCondition(it, _frame, s: Op<'waitCondition'>) {
    yield* it.world.conditions[s.condition]!.wait()
  },
  *waitBarrier(it, _frame, s: Op<'waitBarrier'>) {
    return yield* it.world.barriers[s.barrier]!.wait()
  },
  *resetBarrier(it, _frame, s: Op<'resetBarrier'>) {
    yield* it.world.barriers[s.barrier]!.reset()
  },
  *abortBarrier(it, _frame, s: Op<'abortBarrier'>) {
    yield* it.world.barriers[s.barrier]!.abort()
  },
  *put(it, _frame, s: Op<'put'>) {
    yield* it.world.queues[s.queue]!.put(s.item)
  },
  *get(it, _frame, s: Op<'get'>) {
    return yield* it.world.queues[s.queue]!.get()
  },
  *join(it, _frame, s: Op<'join'>) {
    yield* it.world.queues[s.queue]!.join()
  },
  *callback(it, _frame, s: Op<'callback'>) {
    it.world.futures[s.future]!.addDoneCallback(() => it.runCallback(s.body))
  },
  *callLater(it, _frame, s: Op<'callLater'>) {
    const call = (): void => it.runCallback(s.body)
    if (s.seconds === null) it.loop.callSoon(call)
    else it.loop.callLater(s.seconds, call)
  },
  *setVariable(it, frame) {
    it.world.variable.set(frame.number)
  },
  *getVariable(it) {
    return it.world.variable.get()
  },
}

/** The statements that may wait. */
export const WAITING: readonly string[] = Object.keys(OPERATIONS)

export function operationOf(s: Statement): (it: Interpreter, frame: Frame, s: Statement) => Coroutine<unknown> {
  return OPERATIONS[s.op as Name] as never
}
