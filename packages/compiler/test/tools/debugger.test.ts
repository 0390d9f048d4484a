import { allGeneratedPositionsFor, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transform } from '../../src/index.ts'
import { Project } from './project.ts'

const project = new Project()

const source = `const wait = (value) => Promise.resolve(value)
export async function load(id) {
  const first = await wait(id)
  const second = await wait(first + 1)
  for await (const item of [second, 10]) {
    total += item
  }
  return total
}
let total = 0
class Store {
  #seen = 0
  async get(key) {
    this.#seen++
    const value = await load(key)
    return value + this.#seen
  }
}
const store = new Store()
const main = async () => {
  const result = await store.get(1)
  console.log(result)
}
await main()
`
const { code, map } = transform(source, { filename: 'user.mjs' })!
const trace = new TraceMap(map)

/** Where a debugger puts a breakpoint that was asked for on a line of the source. */
function breakpointFor(line: number): { lineNumber: number; columnNumber: number } {
  const [position] = allGeneratedPositionsFor(trace, { source: 'user.mjs', line, column: 0 })
  const found = position ?? firstOn(line)
  return { lineNumber: found.line! - 1, columnNumber: found.column! }
}

function firstOn(line: number): { line: number | null; column: number | null } {
  const text = source.split('\n')[line - 1]!
  const column = text.search(/\S/)
  return allGeneratedPositionsFor(trace, { source: 'user.mjs', line, column })[0]!
}

// A thread debugs the one that runs the program: it records where that pauses, and tells it how to go on.
const debuggerText = `import { Session } from 'node:inspector'
import { parentPort, workerData } from 'node:worker_threads'
const session = new Session()
session.connectToMainThread()
const post = (method, params) => new Promise((resolve, reject) => session.post(method, params, (error, result) => error ? reject(error) : resolve(result)))
const pauses = []
const unanswered = new Set()
const tell = async (method) => {
  const answer = post(method)
  unanswered.add(answer)
  await answer
  unanswered.delete(answer)
}
let steps = workerData.steps
session.on('Debugger.paused', ({ params: { callFrames: [{ location, functionName }] } }) => {
  pauses.push({ ...location, functionName })
  void tell(steps-- > 0 ? workerData.how : 'Debugger.resume')
})
// It also keeps the thread alive. A session that is closed fails what it has not answered.
parentPort.on('message', async () => {
  while (unanswered.size > 0) await Promise.all(unanswered)
  session.disconnect()
  parentPort.postMessage(pauses)
  parentPort.close()
})
await post('Debugger.enable')
await post('Debugger.setBlackboxPatterns', { patterns: ['node_modules', 'node:'] })
for (const place of workerData.places) await post('Debugger.setBreakpointByUrl', { urlRegex: 'user\\\\.mjs$', ...place })
parentPort.postMessage('ready')
`
const runnerText = `import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
const worker = new Worker(new URL('./debugger.mjs', import.meta.url), { workerData: JSON.parse(process.argv[2]) })
await once(worker, 'message')
await import('./user.mjs')
worker.postMessage('done')
const [pauses] = await once(worker, 'message')
console.log(JSON.stringify(pauses))
`

beforeAll(async () => {
  await project.installRuntime()
  project.write({ 'user.mjs': code, 'debugger.mjs': debuggerText, 'runner.mjs': runnerText })
})
afterAll(() => project.remove())

interface Pause {
  lineNumber: number
  columnNumber: number
}

/** Runs the program in a debugger; returns the lines of the source on which it pauses. */
async function pausesOf(lines: number[], steps = 0, how = 'Debugger.stepOver'): Promise<(number | null)[]> {
  const places = lines.map(breakpointFor)
  const output = await project.node('runner.mjs', JSON.stringify({ places, steps, how }))
  const [printed, pauses] = output.split('\n')
  expect(printed, output).toBe('13')
  expect(pauses, output).toMatch(/^\[.*\]$/)
  return (JSON.parse(pauses!) as Pause[]).map(
    ({ lineNumber, columnNumber }) => originalPositionFor(trace, { line: lineNumber + 1, column: columnNumber }).line,
  )
}

describe('a debugger', () => {
  it('stops on the lines on which breakpoints were set', async () => {
    expect(await pausesOf([3, 4, 6, 8, 14, 16, 21])).toEqual([21, 14, 3, 4, 6, 6, 8, 16])
  })

  it('steps through the lines of the source', async () => {
    const visited = (lines: (number | null)[]): number[] => {
      // Debuggers step on where code stands for nothing in the source.
      const known = lines.filter((line) => line !== null)
      return known.filter((line, index) => line !== known[index - 1])
    }
    expect(visited(await pausesOf([14], 8)).slice(0, 4)).toEqual([14, 15, 16, 22])
    expect(visited(await pausesOf([14], 18, 'Debugger.stepInto')).slice(0, 10)).toEqual([
      14, 15, 2, 3, 1, 3, 4, 1, 4, 5,
    ])
  })
})
