/** Measures one workload of one JavaScript peer, in a process of its own: `node child.js SPEC`. */
import { pathToFileURL } from 'node:url'
import type { ChildSpec, Sample } from './child-spec.ts'
import { measureMemory } from './measure-memory.ts'
import type { ParkBody } from './measure-memory.ts'
import { measureRate } from './measure-rate.ts'
import { serveEcho } from './serve-echo.ts'
import type { SpinBody } from './serve-echo.ts'
import type { Body } from './workload.ts'

type AnyBody = (...args: never[]) => Promise<number>

/** Runs a body of ours as the main task of a runner, which is what `asyncio.Runner` is to the Python peers. */
async function onRunner(body: AnyBody, isAsync: boolean): Promise<AnyBody> {
  const { Runner } = await import('asyncio-ts')
  const runner = new Runner()
  // A generator is handed over as it is: a function could be an async one, which would have to be tracked.
  return (...args) => runner.run(isAsync ? () => body(...args) : body(...args))
}

async function load({ file, library }: ChildSpec): Promise<AnyBody> {
  const exports = (await import(pathToFileURL(file).href)) as Record<string, AnyBody>
  return exports['default'] ?? onRunner(exports[library]!, library === 'functions')
}

function measure(body: AnyBody, spec: ChildSpec): Promise<Sample> {
  if (spec.measure === 'memory') return measureMemory(body as ParkBody, spec)
  if (spec.measure === 'latency') return serveEcho(body as SpinBody, spec)
  return measureRate(body as Body, spec)
}

const spec = JSON.parse(process.argv[2]!) as ChildSpec
console.log(JSON.stringify(await measure(await load(spec), spec)))
process.exit()
