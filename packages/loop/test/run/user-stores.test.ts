import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, it } from 'vitest'
import type { Future } from '@asyncio-ts/core'
import { coroutine, getRunningLoop } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'

const storage = new AsyncLocalStorage<string>()

/** Where a store is seen, by the name of the place. */
async function look(): Promise<Record<string, string | undefined>> {
  const seen: Record<string, string | undefined> = {}
  const loop = getRunningLoop()
  const note = (name: string) => () => void (seen[name] = storage.getStore())
  const turn = coroutine(function* () {
    yield undefined
    note('coroutine')()
    yield* delayed()
    note('coroutine after a wait')()
  })
  const delayed = (): Future<void> => {
    const future = loop.createFuture() as Future<void>
    loop.callLater(0.001, () => future.setResult())
    return future
  }
  note('main')()
  await delayed()
  note('main after an await')()
  await storage.run('inner', async () => {
    const future = loop.createFuture()
    loop.callSoon(note('callSoon'))
    loop.callLater(0.001, note('callLater'))
    future.addDoneCallback(note('addDoneCallback'))
    loop.createTask(async () => note('task')())
    future.setResult(1)
    await turn()
  })
  loop.callSoon(note('callSoon outside'))
  await delayed()
  note('main in the end')()
  return seen
}

const expected = (outer: string | undefined) => ({
  main: outer,
  'main after an await': outer,
  callSoon: 'inner',
  callLater: 'inner',
  addDoneCallback: 'inner',
  task: 'inner',
  coroutine: 'inner',
  'coroutine after a wait': 'inner',
  'callSoon outside': outer,
  'main in the end': outer,
})

it('AsyncLocalStorage stores reach tasks and callbacks', async () => {
  expect(await storage.run('outer', () => run(look))).toEqual(expected('outer'))
  expect(await run(look)).toEqual(expected(undefined))
})
