import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { Barrier, BoundedSemaphore, Condition, Event, Lock, Semaphore } from '../src/index.ts'

const body = (): void => undefined

it.each([
  ['Lock.acquire', () => new Lock().acquire()],
  ['Lock.with', () => new Lock().with(body)],
  ['Semaphore.acquire', () => new BoundedSemaphore().acquire()],
  ['Semaphore.with', () => new Semaphore().with(body)],
  ['Condition.with', () => new Condition().with(body)],
  ['Condition.wait', () => new Condition().wait()],
  ['Condition.waitFor', () => new Condition().waitFor(body)],
  ['Event.wait', () => new Event().wait()],
  ['Barrier.wait', () => new Barrier(1).wait()],
  ['Lock.acquire', () => new Condition().acquire()],
])('a coroutine is called %s in messages, whatever a bundler has renamed', (name, make) => {
  expect(String(make())).toBe(`<coroutine object ${name}>`)
})

it('debug mode names a lost coroutine by its primitive', () => {
  const program = `
    import { getRunningLoop } from '@asyncio-ts/core'
    import { Lock, Semaphore } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)}
    getRunningLoop()
    globalThis.kept = [new Lock().acquire(), new Semaphore().acquire(), new Lock().with(() => 1)]
  `
  const { stderr } = spawnSync(
    process.execPath,
    ['--conditions=@asyncio-ts/source', '--import', 'tsx', '--input-type=module', '-e', program],
    {
      cwd: new URL('..', import.meta.url),
      encoding: 'utf8',
      env: { ...process.env, ASYNCIO_DEBUG: '1' },
      timeout: 20_000,
    },
  )
  for (const name of ['Lock.acquire', 'Semaphore.acquire', 'Lock.with']) {
    expect(stderr).toContain(`coroutine '${name}' was never awaited`)
  }
})
