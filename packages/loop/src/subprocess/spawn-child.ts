import { coroutine, FileNotFoundError, NotADirectoryError, ValueError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, SubprocessOptions } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { builtin } from '../builtin.ts'
import { findProgram } from './find-program.ts'
import { planStdio } from './stdio-option.ts'
import type { StdioPlan } from './stdio-option.ts'

/** What is to be run. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly isShell: boolean
}

/** Options that Python has, and that would mean something else here than a caller hopes. */
const REFUSED = ['text', 'encoding', 'errors', 'universalNewlines', 'bufsize'] as const

/**
 * Checks what a child is started with, before anything is started.
 *
 * @returns where its standard streams go
 * @throws TypeError or ValueError
 */
export function planCommand({ program, args }: Command, options: SubprocessOptions): StdioPlan {
  if (typeof program !== 'string') throw new TypeError(`The program is a string, got ${reprOf(program)}.`)
  for (const arg of args) {
    if (typeof arg !== 'string') {
      throw new TypeError(`Arguments of a program are strings, got ${reprOf(arg)}: options come last.`)
    }
  }
  for (const text of [program, ...args]) if (text.includes('\0')) throw new ValueError('embedded null byte')
  for (const name of REFUSED) {
    const value = (options as Record<string, unknown>)[name]
    if (value !== undefined && value !== null && value !== false && value !== 0) {
      throw new ValueError(`${name} is not supported: a child reads and writes bytes.`)
    }
  }
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (name.includes('\0') || String(value).includes('\0')) throw new ValueError('embedded null byte')
  }
  return planStdio(options)
}

function hostOptions(command: Command, options: SubprocessOptions, stdio: StdioPlan['stdio']): SpawnOptions {
  const { cwd, env, startNewSession, user, group } = options
  return {
    stdio,
    shell: command.isShell,
    detached: startNewSession === true,
    ...(cwd !== undefined && { cwd }),
    ...(env !== undefined && { env: env as NodeJS.ProcessEnv }),
    ...(user !== undefined && { uid: user }),
    ...(group !== undefined && { gid: group }),
  }
}

/**
 * Starts a child.
 *
 * The host merges no two streams into one pipe: a shell that replaces itself by the program does.
 */
function start(command: Command, options: SubprocessOptions, { stdio, isMerged }: StdioPlan): ChildProcess {
  const { spawn } = builtin('node:child_process')
  const settings = hostOptions(command, options, stdio)
  if (!isMerged) return spawn(command.program, command.args, settings)
  if (command.isShell) return spawn(`exec 2>&1\n${command.program}`, settings)
  const program = findProgram(command.program, options)
  return spawn('/bin/sh', ['-c', 'exec "$0" "$@" 2>&1', program, ...command.args], settings)
}

/** The host blames the program for a folder that is not there. */
function checkFolder(cwd: string | URL | undefined): void {
  if (cwd === undefined) return
  const { statSync } = builtin('node:fs')
  let stats
  try {
    stats = statSync(cwd)
  } catch (error) {
    throw osErrorOf(error)
  }
  const path = String(cwd)
  const blame = { code: 'ENOTDIR', syscall: 'chdir', path }
  if (!stats.isDirectory()) throw new NotADirectoryError(`ENOTDIR: not a directory, chdir '${path}'`, blame)
}

/**
 * Starts a child, and returns it once it is known to have started.
 *
 * @throws FileNotFoundError, PermissionError or another OSError when it cannot be started
 */
export const spawnChild = coroutine(function* spawnChild(
  loop: BaseEventLoop,
  command: Command,
  options: SubprocessOptions,
  plan: StdioPlan,
): Coroutine<ChildProcess> {
  if (command.program === '' && !command.isShell) {
    throw new FileNotFoundError("ENOENT: no such file or directory, spawn ''", { code: 'ENOENT', syscall: 'spawn' })
  }
  checkFolder(options.cwd)
  let child
  try {
    child = start(command, options, plan)
  } catch (error) {
    throw osErrorOf(error)
  }
  if (child.pid !== undefined) {
    // A signal that cannot be sent is reported here as well as to whoever sent it.
    child.on('error', () => undefined)
    return child
  }
  const failed = loop.createFuture<never>()
  child.once('error', (error) => {
    if (!failed.done()) failed.setException(osErrorOf(error))
  })
  return yield* failed
})
