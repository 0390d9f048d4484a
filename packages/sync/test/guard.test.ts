import { describe, expect, it } from 'vitest'
import { both } from '../../../test-support/both.ts'
import { sleep } from '../../../test-support/sleep.ts'
import { BoundedSemaphore, Condition, Lock, Semaphore } from '../src/index.ts'

const kinds = [
  ['Lock', () => new Lock()],
  ['Condition', () => new Condition()],
  ['Semaphore', () => new Semaphore(1)],
  ['BoundedSemaphore', () => new BoundedSemaphore(1)],
] as const

describe.each(kinds)('the guard of a %s', (_name, make) => {
  it('ends the hold at the end of a using block', async () => {
    const primitive = make()
    {
      using guard = await primitive.acquire()
      expect(guard).toBeTruthy()
      expect(primitive.locked()).toBe(true)
    }
    expect(primitive.locked()).toBe(false)
  })

  it('ends the hold when the block throws', async () => {
    const primitive = make()
    const attempt = async (): Promise<void> => {
      using _ = await primitive.acquire()
      throw new Error('broken')
    }
    await expect(attempt()).rejects.toThrow('broken')
    expect(primitive.locked()).toBe(false)
  })

  both('works with using in both spellings', function* ({ wait }) {
    const primitive = make()
    {
      using _ = yield* wait(primitive.acquire())
      yield* wait(sleep(1))
      expect(primitive.locked()).toBe(true)
    }
    expect(primitive.locked()).toBe(false)
  })

  it('ends only its own hold, and once', async () => {
    const primitive = make()
    const first = await primitive.acquire()
    first.release()
    const second = await primitive.acquire()
    first.release()
    first[Symbol.dispose]()
    expect(primitive.locked()).toBe(true)
    second.release()
    expect(primitive.locked()).toBe(false)
    second.release()
    expect(primitive.locked()).toBe(false)
  })
})

describe('the guard of a lock', () => {
  it('knows when the lock itself was released', async () => {
    const lock = new Lock()
    const first = await lock.acquire()
    lock.release()
    const second = await lock.acquire()
    first.release()
    expect(lock.locked()).toBe(true)
    lock.release()
    second[Symbol.dispose]()
    expect(lock.locked()).toBe(false)
  })

  both('of a waiter is another than that of the holder before', function* ({ wait, start }) {
    const lock = new Lock()
    const first = yield* wait(lock.acquire())
    const task = start((wait) => wait(lock.acquire()))
    yield* wait(sleep(0))
    first.release()
    const second = yield* wait(task)
    expect(second).not.toBe(first)
    first.release()
    expect(lock.locked()).toBe(true)
    second.release()
    expect(lock.locked()).toBe(false)
  })

  both('stays that of the hold across a wait for a condition', function* ({ wait, start, turns }) {
    const condition = new Condition()
    const log: string[] = []
    const task = start(function* (wait) {
      using guard = yield* wait(condition.acquire())
      yield* wait(condition.wait())
      log.push(`again ${condition.locked()}`)
      void guard
    })
    yield* turns(2)
    {
      using _ = yield* wait(condition.acquire())
      condition.notify()
    }
    yield* wait(task)
    expect(log).toEqual(['again true'])
    expect(condition.locked()).toBe(false)
  })

  it('cannot be used to take the lock from another task while its owner waits for a condition', async () => {
    const condition = new Condition()
    const guard = await condition.acquire()
    const waiting = condition.wait()
    waiting.next()
    const other = await condition.acquire()
    guard.release()
    expect(condition.locked()).toBe(true)
    waiting.throw(new Error('enough'))
    other.release()
  })
})

describe('using', () => {
  it('finds the guard where the engine has no Symbol.dispose', async () => {
    const { runInNewContext } = await import('node:vm')
    // What esbuild, Babel and TypeScript's tslib look for in an engine without the symbol is this one.
    const fallback: unknown = runInNewContext("Symbol.for('Symbol.dispose')")
    const { build } = await import('esbuild')
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { HoldGuard } from './src/guard.ts'
          export class Guard extends HoldGuard {
            constructor(release) {
              super()
              this.release = release
            }
          }
        `,
        resolveDir: new URL('..', import.meta.url).pathname,
      },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'sync',
      conditions: ['@asyncio-ts/source'],
    })
    const scope: { sync?: { Guard: new (release: () => void) => Record<symbol, () => void> }; log: string[] } = {
      log: [],
    }
    // Where the symbol is built in, nothing can take it away from the real one.
    const old = `
      const native = Symbol
      const { dispose, prototype, ...rest } = Object.getOwnPropertyDescriptors(native)
      globalThis.Symbol = Object.defineProperties((name) => native(name), rest)
    `
    runInNewContext(`${old}\n${outputFiles[0]!.text}\nthis.sync = sync`, scope)
    const guard = new scope.sync!.Guard(() => scope.log.push('released'))
    guard[fallback as symbol]!()
    expect(scope.log).toEqual(['released'])
  })
})
