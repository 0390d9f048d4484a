import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** How a program ended, and what it printed. */
export interface Ending {
  code: number | null
  stdout: string
  stderr: string
}

/**
 * Runs TypeScript in a process of its own, which is killed after ten seconds.
 *
 * @param source - the program
 * @param onLine - called with each line it prints; sends signals, for instance
 */
export function runProgram(
  source: string,
  onLine: (line: string, child: ChildProcess) => void = () => undefined,
  options: { env?: Record<string, string>; flags?: string[] } = {},
): Promise<Ending> {
  const flags = ['--conditions=@asyncio-ts/source', '--import', 'tsx', ...(options.flags ?? [])]
  const child = spawn(process.execPath, [...flags, '--input-type=module', '--eval', source], {
    cwd: root,
    timeout: 10_000,
    env: { ...process.env, ...options.env },
  })
  let stdout = ''
  let stderr = ''
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) onLine(line, child)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}
