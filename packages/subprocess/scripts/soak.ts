/**
 * Looks for what programs leave behind: `npm run soak -w packages/subprocess`, with `SOAK_SECONDS=600` for ten minutes.
 *
 * For a minute, programs end, fail, print too much, take too long, leave others behind that hold their outputs, are
 * cancelled or aborted at random moments, and get signals. Then no process, descriptor, handle or listener may be left,
 * and the heap may not have grown.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { getRunningLoop, isCancelled } from '@asyncio-ts/core'
import type { Awaitable, Coroutine } from '@asyncio-ts/core'
import { Runner } from '@asyncio-ts/loop'
import {
  CalledProcessError,
  createSubprocessExec,
  OutputLimitError,
  PIPE,
  runProcess,
  STDOUT,
  TimeoutExpired,
} from '../src/index.ts'

const seconds = Number(process.env['SOAK_SECONDS'] ?? 60)
const WIDTH = 6
const ALLOWED_GROWTH_BYTES = 4 * 2 ** 20
/** What the programs are known by, those that others leave behind too. */
const MARK = `soak-${process.pid}`

let state = Number(process.env['SOAK_SEED'] ?? 1)
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const outcomes = new Map<string, number>()
const count = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1)

function pause(delay: number): Awaitable<void> {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  loop.callLater(delay, () => future.setResult())
  return future
}

const sh = (script: string): string[] => ['-c', script, MARK]
/** Each of them ends by itself within a minute, should all else fail. */
const scripts = [
  'echo out; echo err >&2',
  'exit 3',
  'cat; sleep 0.01',
  'echo out; sleep 60 & sleep 60',
  'sleep 60 & exit 0',
  'while echo line; do :; done',
  'trap "" TERM; echo ready; sleep 0.05',
]

function* once(): Coroutine<void> {
  const script = scripts[Math.floor(random() * scripts.length)]!
  const controller = new AbortController()
  const loop = getRunningLoop()
  const merged = random() < 0.3 ? { stderr: STDOUT } : {}
  const options = {
    timeout: 0.02 + random() * 0.1,
    startNewSession: true,
    maxOutputBytes: 20_000,
    check: true,
    signal: controller.signal,
    ...(random() < 0.5 && { input: 'x'.repeat(random() * 200_000) }),
    ...merged,
  }
  const task = loop.createTask(() => runProcess('sh', sh(script), options))
  const fate = random()
  const timer = loop.callLater(random() * 0.05, () => {
    if (fate < 0.2) task.cancel()
    else if (fate < 0.4) controller.abort()
  })
  try {
    yield* task
    count('returned')
  } catch (error) {
    if (isCancelled(error)) count('cancelled')
    else if (error instanceof TimeoutExpired) count('too late')
    else if (error instanceof OutputLimitError) count('too much')
    else if (error instanceof CalledProcessError) count('failed')
    else throw error
  } finally {
    timer.cancel()
  }
}

/** A child that is talked to, and left in the middle of it. */
function* conversation(): Coroutine<void> {
  const streams = { stdin: PIPE, stdout: PIPE, ...(random() < 0.5 ? { stderr: STDOUT } : { stderr: PIPE }) } as const
  const child = yield* createSubprocessExec('sh', ...sh('while read line; do echo "$line"; done'), streams)
  try {
    child.stdin!.write('hello\n')
    yield* child.stdout!.readline()
    if (random() < 0.3) child.sendSignal('SIGTERM')
    if (random() < 0.3) yield* child.terminate({ grace: 0.05 })
    count('talked')
  } finally {
    yield* child[Symbol.asyncDispose]()
  }
}

function* untilTime(end: number): Coroutine<void> {
  while (performance.now() < end) yield* random() < 0.8 ? once() : conversation()
}

function programs(): number {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      const [status, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const isOurs = Number(parent) === process.pid || readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(MARK)
      // Orphans that have ended are the system's to clear away.
      return isOurs && (status !== 'Z' || Number(parent) === process.pid)
    } catch (error) {
      return error === undefined
    }
  }).length
}

interface Left {
  readonly programs: number
  readonly descriptors: number
  readonly handles: string
  readonly listeners: number
  readonly heap: number
}

function* left(): Coroutine<Left> {
  yield* pause(0.3)
  collect()
  yield* pause(0.01)
  collect()
  return {
    programs: programs(),
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

function* parallel(span: number): Coroutine<void> {
  const loop = getRunningLoop()
  const end = performance.now() + span * 1000
  const tasks = Array.from({ length: WIDTH }, () => loop.createTask(untilTime(end)))
  for (const task of tasks) yield* task
}

function* main(): Coroutine<void> {
  yield* parallel(3)
  const before = yield* left()
  outcomes.clear()
  yield* parallel(seconds)
  const after = yield* left()
  console.log(Object.fromEntries(outcomes))
  console.log('before', before)
  console.log('after', after)
  for (const name of ['programs', 'descriptors', 'listeners'] as const) {
    if (after[name] > before[name]) throw new Error(`There are more ${name} than before.`)
  }
  if (after.handles !== before.handles) throw new Error('There are other handles than before.')
  if (after.heap - before.heap > ALLOWED_GROWTH_BYTES) throw new Error('The heap has grown.')
}

const runner = new Runner()
await runner.run(main())
await runner.close()
