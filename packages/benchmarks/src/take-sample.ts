import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { promisify } from 'node:util'
import type { ChildSpec, Sample } from './child-spec.ts'
import { median } from './median.ts'

const exec = promisify(execFile)
const limitMs = 180_000

/** How to start a measured process. */
export interface Launch {
  readonly command: string
  /** What comes before the spec: the harness and its flags. */
  readonly harness: readonly string[]
  /** The command that measures from outside. */
  readonly echoClient: readonly string[]
}

/** Takes one measurement in processes of its own. */
export function takeSample(launch: Launch, spec: ChildSpec): Promise<Sample> {
  if (spec.measure === 'startup') return Promise.resolve(timeStartup(launch, spec))
  if (spec.measure === 'latency') return timeEchoes(launch, spec)
  return runChild(launch, spec)
}

async function runChild({ command, harness }: Launch, spec: ChildSpec): Promise<Sample> {
  const { stdout } = await exec(command, [...harness, JSON.stringify(spec)], { timeout: limitMs })
  return JSON.parse(stdout) as Sample
}

async function timeEchoes({ command, harness, echoClient }: Launch, spec: ChildSpec): Promise<Sample> {
  const server = spawn(command, [...harness, JSON.stringify(spec)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const limit = setTimeout(() => server.kill('SIGKILL'), limitMs)
  try {
    const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]()
    const { value: port } = (await lines.next()) as { value: string }
    const [client, ...flags] = echoClient
    const seconds = spec.budgetSeconds / 3
    const { stdout } = await exec(client!, [...flags, port, String(spec.n), String(seconds)], { timeout: limitMs })
    const echoes = JSON.parse(stdout) as Sample
    const { value: turns } = JSON.parse(((await lines.next()) as { value: string }).value) as Sample
    if (server.exitCode === null) await once(server, 'exit')
    return { value: echoes.value, extras: { ...echoes.extras, 'turns/s': turns } }
  } finally {
    clearTimeout(limit)
    server.kill('SIGKILL')
  }
}

function timeStartup({ command }: Launch, { file, library, n }: ChildSpec): Sample {
  const delays: number[] = []
  for (let i = 0; i < n; i++) {
    const start = performance.now()
    const { status } = spawnSync(command, [file, library], { stdio: 'ignore', timeout: limitMs })
    if (status !== 0) throw new Error(`${file} ended with status ${String(status)}`)
    delays.push(performance.now() - start)
  }
  return { value: median(delays) }
}
