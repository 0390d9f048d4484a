/**
 * Runs many programs and looks for what they leave behind: `npm run stress -w packages/subprocess [-- COUNT]`.
 *
 * COUNT short programs, eight at a time; a tenth as many cancelled at random moments; 200 MB through `cat` to a reader
 * that is slower than the program.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { getRunningLoop } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import { Runner } from '@asyncio-ts/loop'
import { createSubprocessExec, PIPE } from '../src/index.ts'

const count = Number(process.argv[2] ?? 5000)
const WIDTH = 8
const MEGABYTES = 200

let state = 1
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`

/** What is alive, and what the system has given, once garbage is gone. */
function memory(): { alive: number; rss: number } {
  collect()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { alive: heapUsed + external, rss }
}

const descriptors = (): number => readdirSync('/proc/self/fd').length

function zombies(): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [status, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return status === 'Z' && Number(parent) === process.pid
    } catch (error) {
      return error === undefined
    }
  }).length
}

/** Runs a job so many times, a few at a time. */
function* inParallel(jobs: number, job: (index: number) => Coroutine<void>): Coroutine<void> {
  let next = 0
  const worker = function* (): Coroutine<void> {
    while (next < jobs) yield* job(next++)
  }
  const loop = getRunningLoop()
  const workers = Array.from({ length: WIDTH }, () => loop.createTask(worker()))
  for (const each of workers) yield* each
}

function* shortProgram(index: number): Coroutine<void> {
  const child = yield* createSubprocessExec('echo', String(index), { stdout: PIPE })
  const [stdout] = yield* child.communicate()
  if (Number(new TextDecoder().decode(stdout!)) !== index) throw new Error(`program ${index} printed something else`)
}

function* cancelledProgram(): Coroutine<void> {
  const loop = getRunningLoop()
  const task = loop.createTask(function* (): Coroutine<void> {
    const child = yield* createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
    try {
      yield* child.communicate(new Uint8Array(300_000))
    } finally {
      yield* child[Symbol.asyncDispose]()
    }
  })
  const timer = loop.callLater(random() * 0.01, () => task.cancel())
  try {
    yield* task
  } catch (error) {
    if (!task.cancelled()) throw error
  } finally {
    timer.cancel()
  }
}

function* slowReader(): Coroutine<number> {
  const child = yield* createSubprocessExec('sh', '-c', `head -c ${MEGABYTES}M /dev/zero | cat`, { stdout: PIPE })
  let bytes = 0
  let peak = 0
  for (;;) {
    const block = yield* child.stdout!.read(65536)
    if (block.length === 0) break
    bytes += block.length
    if (bytes % (8 << 20) < 65536) peak = Math.max(peak, process.memoryUsage().rss)
    yield undefined
  }
  if (bytes !== MEGABYTES << 20) throw new Error(`${bytes} bytes came`)
  yield* child.wait()
  return peak
}

function* main(): Coroutine<void> {
  yield* inParallel(Math.ceil(count / 10), shortProgram)
  const before = { descriptors: descriptors(), ...memory() }
  const start = performance.now()
  yield* inParallel(count, shortProgram)
  const seconds = (performance.now() - start) / 1000
  console.log(`${count} programs in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second`)
  yield* inParallel(Math.ceil(count / 10), cancelledProgram)
  console.log(`${Math.ceil(count / 10)} programs cancelled`)
  // The host lets go of the last pipes a few turns later.
  yield* inParallel(50, shortProgram)
  const after = { descriptors: descriptors(), ...memory() }
  console.log(`descriptors ${before.descriptors} -> ${after.descriptors}, zombies ${zombies()}`)
  console.log(
    `alive ${megabytes(before.alive)} -> ${megabytes(after.alive)}, of the system ${megabytes(before.rss)} -> ${megabytes(after.rss)}`,
  )
  if (after.descriptors > before.descriptors || zombies() > 0) throw new Error('Something was left behind.')
  if (after.alive - before.alive > 4 * 2 ** 20) throw new Error('The memory grew with the programs.')
  const peak = yield* slowReader()
  console.log(`${MEGABYTES} MB through cat, at most ${megabytes(peak)} of memory in use`)
  if (peak - after.rss > 100 * 2 ** 20) throw new Error('The memory grew with the data.')
}

const runner = new Runner()
await runner.run(main())
await runner.close()
