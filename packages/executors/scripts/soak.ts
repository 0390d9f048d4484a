/**
 * Looks for what pools leave behind: `npm run soak -w packages/executors`, with `SOAK_SECONDS=600` for ten minutes.
 *
 * For a minute, threads and processes run calls that return, fail, crash, exhaust their memory, print, are cancelled at
 * random moments, or are ended with their pool. Then no thread, process, handle or listener may be left, and the heap
 * may not have grown.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isCancelled } from '@asyncio-ts/core'
import type { FutureLike } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'
import { BrokenExecutor, loopPort, ProcessPoolExecutor, ThreadPoolExecutor } from '../src/index.ts'

const seconds = Number(process.env['SOAK_SECONDS'] ?? 60)
const ALLOWED_GROWTH_BYTES = 4 * 2 ** 20

let state = Number(process.env['SOAK_SEED'] ?? 1)
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))

const returns = (n: number): number => n
const throws = (): never => {
  throw new AggregateError([Object.assign(new Error('inside'), { code: 'E' }), () => 1], 'outside')
}
const crashes = (): never => process.exit(1)
const waits = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const spins = (ms: number): void => {
  for (const end = Date.now() + ms; Date.now() < end;);
}
const leaves = (): void => void setInterval(() => undefined, 1000)
const prints = (): void => {
  for (let i = 0; i < 50; i++) process.stderr.write('')
}
const works: [fn: (...args: never[]) => unknown, ...args: unknown[]][] = [
  [returns, 1],
  [returns, { list: [1, 2, 3], map: new Map([[1, 2]]) }],
  [throws],
  [crashes],
  [waits, 5],
  [spins, 3],
  [leaves],
  [prints],
]

const outcomes = new Map<string, number>()
const count = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1)

async function settle(call: FutureLike<unknown>): Promise<void> {
  try {
    await call
    count('returned')
  } catch (error) {
    if (isCancelled(error)) count('cancelled')
    else if (error instanceof BrokenExecutor) count('broken')
    else if (error instanceof AggregateError) count('failed')
    else throw error
  }
}

async function round(): Promise<void> {
  const isThreads = random() < 0.7
  const options = { maxWorkers: 2, terminateOnCancel: random() < 0.3 }
  const threads = { ...options, resourceLimits: { maxOldGenerationSizeMb: 32 } }
  const processes = { ...options, maxTasksPerChild: 5 }
  const executor = isThreads ? new ThreadPoolExecutor(threads) : new ProcessPoolExecutor(processes)
  const calls: FutureLike<unknown>[] = []
  const jobs = isThreads ? 40 : 8
  using port = loopPort({ note: () => undefined })
  for (let i = 0; i < jobs; i++) {
    const [fn, ...args] = works[Math.floor(random() * works.length)]!
    const call = executor.submit(fn as (...args: unknown[]) => unknown, ...args)
    calls.push(call)
    if (random() < 0.2) void waits(random() * 20).then(() => call.cancel())
    if (isThreads && random() < 0.1) calls.push(executor.submit((to: unknown) => typeof to, port as unknown))
  }
  const settled = Promise.all(calls.map(settle))
  if (!isThreads && random() < 0.2) {
    await waits(random() * 100)
    ;(executor as ProcessPoolExecutor)[random() < 0.5 ? 'killWorkers' : 'terminateWorkers']()
  }
  await settled
  await executor.shutdown()
}

/** A call that no thread can even read. */
async function poison(): Promise<void> {
  const limits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 }
  await using executor = new ThreadPoolExecutor({ maxWorkers: 1, resourceLimits: limits })
  const rows = Array.from({ length: 300_000 }, (_, index) => ({ index, row: [index] }))
  await settle(executor.submit((given: unknown[]) => given.length, rows))
  await settle(executor.submit(returns, 1))
}

function children(): number {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === process.pid
    } catch (error) {
      return error === undefined
    }
  }).length
}

interface Left {
  readonly threads: number
  readonly children: number
  readonly descriptors: number
  readonly handles: string
  readonly listeners: number
  readonly heap: number
}

async function left(): Promise<Left> {
  for (let i = 0; i < 20; i++) await tick()
  collect()
  await tick()
  collect()
  return {
    threads: readdirSync('/proc/self/task').length,
    children: children(),
    descriptors: readdirSync('/proc/self/fd').length,
    handles: process
      .getActiveResourcesInfo()
      .filter((each) => each !== 'Timeout')
      .sort()
      .join(),
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    heap: process.memoryUsage().heapUsed,
  }
}

await run(async () => {
  for (let i = 0; i < 3; i++) await round()
  await poison()
  const before = await left()
  outcomes.clear()
  const end = performance.now() + seconds * 1000
  let rounds = 0
  while (performance.now() < end) {
    await round()
    if (++rounds % 50 === 0) await poison()
  }
  const after = await left()
  console.log(`${rounds} pools`, Object.fromEntries(outcomes))
  console.log('before', before)
  console.log('after', after)
  for (const name of ['threads', 'children', 'descriptors', 'listeners'] as const) {
    if (after[name] > before[name]) throw new Error(`There are more ${name} than before.`)
  }
  if (after.handles !== before.handles) throw new Error('There are other handles than before.')
  if (after.heap - before.heap > ALLOWED_GROWTH_BYTES) throw new Error('The heap has grown.')
})
