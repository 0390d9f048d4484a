import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CoroutineLike } from '@asyncio-ts/core'
import { runManually } from '../test-support/manual-loop.ts'

interface Example {
  awaits: CoroutineLike<void>
  yields: CoroutineLike<void>
}

/** What each program prints. The times are those of a virtual clock, and exact. */
const expected: Record<string, string[]> = {
  hello: ['hello', 'world, after 0.1 s'],
  sequential: ['hello', 'world', 'took 0.3 s'],
  tasks: ['hello', 'world', 'took 0.2 s'],
  gathering: ['A: factorial(2) = 2', 'B: factorial(3) = 6', 'C: factorial(4) = 24', '[ 2, 6, 24 ] took 0.3 s'],
  'time-limit': ['cleaning up', 'timeout after 0.1 s'],
  cancelling: ['work: CancelledError: enough', 'work: cleaned up', 'main: cancelled true after 0.2 s'],
  'task-group': [
    'sibling cancelled after 0.1 s',
    "unhandled errors in a TaskGroup (1 sub-exception: Error: out of paper) [ 'Error: out of paper' ]",
  ],
  'queue-workers': [
    'b slept for 0.1 s',
    'c slept for 0.2 s',
    'b slept for 0.1 s',
    'a slept for 0.3 s',
    'c slept for 0.2 s',
    'slept in parallel for 0.4 s',
  ],
}

const folder = fileURLToPath(new URL('../docs/examples', import.meta.url))
/** Those that need a real loop are tested below, or in files of their own. */
const byHand = [
  ...['tour', 'stopwatch', 'explicit-loop', 'udp-echo', 'cpu-in-thread', 'process-map'],
  ...['tcp-echo', 'http-scraper', 'tls-chat', 'key-value-server', 'word-count', 'many-commands'],
].map((name) => `${name}.ts`)

afterEach(() => vi.restoreAllMocks())

function capture(): string[] {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((...values) => void lines.push(format(...values)))
  return lines
}

describe.each(readdirSync(folder).filter((name) => name.endsWith('.ts') && !byHand.includes(name)))('%s', (name) => {
  it.each(['awaits', 'yields'] as const)('prints what it should (%s)', async (spelling) => {
    const example = (await import(/* @vite-ignore */ `../docs/examples/${name}`)) as Example
    const lines = capture()
    await runManually(example[spelling])
    expect(lines).toEqual(expected[name.replace('.ts', '')])
  })
})

describe('explicit-loop.ts', () => {
  it.each(['awaits', 'yields'] as const)('prints what it should (%s)', async (spelling) => {
    const example = await import('../docs/examples/explicit-loop.ts')
    const lines = capture()
    await example[spelling]()
    expect(lines).toEqual(['running true', 'result', 'closed true'])
  })
})

describe('udp-echo.ts', () => {
  it.each(['awaits', 'yields'] as const)('prints what it should (%s)', async (spelling) => {
    const example = await import('../docs/examples/udp-echo.ts')
    const { run } = await import('asyncio-ts')
    const lines = capture()
    await run(example[spelling])
    expect(lines).toEqual(['answer: hello', 'no answer: ConnectionRefusedError'])
  })

  const hasPython = spawnSync('python3', ['--version']).status === 0

  it.skipIf(!hasPython)('answers Python, and is answered by it', async () => {
    const { ask, EchoServer } = await import('../docs/examples/udp-echo.ts')
    const { getRunningLoop, run } = await import('asyncio-ts')
    const script = `
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.settimeout(10)
    sock.sendto(b'from Python', ('127.0.0.1', int(sys.argv[1])))
    print(sock.recvfrom(100)[0].decode(), sock.getsockname()[1], flush=True)
    data, address = sock.recvfrom(100)
    sock.sendto(data.upper(), address)`
    const answer = await run(async () => {
      const localAddr = ['127.0.0.1', 0] as const
      const [server] = await getRunningLoop().createDatagramEndpoint(() => new EchoServer(), { localAddr })
      const [, port] = server.getExtraInfo('sockname') as [string, number]
      const python = spawn('python3', ['-c', script, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
      try {
        const [line] = (await once(createInterface({ input: python.stdout }), 'line')) as [string]
        const [, echoed, pythonPort] = /^(.*) (\d+)/.exec(line)!
        return [echoed, await ask(['127.0.0.1', Number(pythonPort)], 'to python')]
      } finally {
        server.close()
        python.kill()
      }
    })
    expect(answer).toEqual(['from Python', 'TO PYTHON'])
  })
})

describe('the examples with workers', () => {
  it.each(['awaits', 'yields'] as const)('print what they should (%s)', async (spelling) => {
    const { run } = await import('asyncio-ts')
    const lines = capture()
    await run((await import('../docs/examples/cpu-in-thread.ts'))[spelling])
    expect(lines).toEqual(['primes 25997', 'answered meanwhile true'])
    lines.length = 0
    await run((await import('../docs/examples/process-map.ts'))[spelling])
    expect(lines).toEqual([
      '[#....] 1/5',
      '[##...] 2/5',
      '[###..] 3/5',
      '[####.] 4/5',
      '[#####] 5/5',
      '3 of them are prime',
    ])
  })
})
