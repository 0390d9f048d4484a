import { expectTypeOf, it } from 'vitest'
import { coroutine } from '@asyncio-ts/core'
import type { CoroutineObject, Future, Task } from '@asyncio-ts/core'
import * as tasks from '../src/index.ts'

const { asCompleted, createTask, gather, mapConcurrent, shield, sleep, taskGroup, timeout, wait, waitFor } = tasks

const length = coroutine(function* (text: string) {
  yield* sleep(0)
  return text.length
})

// The bodies are only type-checked: `npm run types` fails when an expectation does not hold.
it('infers in both spellings', () => {
  async function awaits() {
    expectTypeOf(await sleep(1)).toEqualTypeOf<void>()
    expectTypeOf(await sleep(1, 'x')).toEqualTypeOf<string>()
    expectTypeOf(await length('x')).toEqualTypeOf<number>()
    expectTypeOf(await createTask(length('x'))).toEqualTypeOf<number>()
    expectTypeOf(await createTask(async () => 'x')).toEqualTypeOf<string>()
    expectTypeOf(await createTask(() => length('x'))).toEqualTypeOf<number>()
    expectTypeOf(await gather(length('x'), sleep(1, 'x'), async () => true)).toEqualTypeOf<[number, string, boolean]>()
    expectTypeOf(await gather([length('x'), Promise.resolve('x')])).toEqualTypeOf<[number, string]>()
    expectTypeOf(await gather([length('x')], { returnExceptions: true })).toEqualTypeOf<[number | Error]>()
    expectTypeOf(await gather(new Set([length('x')]))).toEqualTypeOf<number[]>()
    expectTypeOf(await waitFor(length('x'), 1)).toEqualTypeOf<number>()
    const [finished, waiting] = await wait([createTask(length('x'))])
    expectTypeOf(finished).toEqualTypeOf<Set<Task<number>>>()
    expectTypeOf(waiting).toEqualTypeOf<Set<Task<number>>>()
    expectTypeOf(await shield(length('x'))).toEqualTypeOf<number>()
    expectTypeOf(await timeout(1, async () => 'x')).toEqualTypeOf<string>()
    expectTypeOf(await taskGroup(async (tg) => tg.createTask(length('x')))).toEqualTypeOf<number>()
    expectTypeOf(await mapConcurrent(['x'], async (text, i) => text.length + i, { limit: 1 })).toEqualTypeOf<number[]>()
    const { done } = await wait([createTask(length('x'))])
    expectTypeOf(done).toExtend<Set<Future<number>>>()
    for await (const task of asCompleted([createTask(length('x'))])) {
      expectTypeOf(task.result()).toEqualTypeOf<number>()
      expectTypeOf(task).not.toHaveProperty('then')
    }
  }

  function* yields() {
    expectTypeOf(yield* sleep(1, 'x')).toEqualTypeOf<string>()
    expectTypeOf(yield* length('x')).toEqualTypeOf<number>()
    expectTypeOf(yield* createTask(length('x'))).toEqualTypeOf<number>()
    expectTypeOf(yield* gather(length('x'), sleep(1, 'x'))).toEqualTypeOf<[number, string]>()
    expectTypeOf(
      yield* timeout(1, function* () {
        return yield* length('x')
      }),
    ).toEqualTypeOf<number>()
    expectTypeOf(
      yield* taskGroup(function* () {
        return 'x'
      }),
    ).toEqualTypeOf<string>()
    return 1
  }

  expectTypeOf(createTask(yields)).toExtend<Task<number>>()
  expectTypeOf(createTask(yields())).toExtend<Task<number>>()
  expectTypeOf(length).toEqualTypeOf<(text: string) => CoroutineObject<number>>()
  expectTypeOf(awaits).returns.toEqualTypeOf<Promise<void>>()
})

it('refuses a running promise where a task is made', () => {
  const refused = (): unknown[] => [
    // @ts-expect-error a promise is running already: pass the function
    createTask(Promise.resolve(1)),
    // @ts-expect-error the call starts the function: pass the function
    createTask((async () => 1)()),
    // @ts-expect-error a future is not a coroutine
    createTask(shield(length('x'))),
  ]
  expectTypeOf(refused).toBeFunction()
})
