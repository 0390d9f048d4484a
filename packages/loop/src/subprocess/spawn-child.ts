import { coroutine, FileNotFoundError, NotADirectoryError, ValueError } from '@asyncio-ts/core'
import { osErrorOf, reprOf } from '@asyncio-ts/core/primitives'
import type { Coroutine, SubprocessOptions } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import type { Socket } from 'node:net'
import { builtin } from '../builtin.ts'
import { checkExecutable } from './check-executable.ts'
import { findProgram } from './find-program.ts'
import { hostEnvironment } from './host-environment.ts'
import { makeSocketPair } from './socket-pair.ts'
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
      throw new ValueError(`${name} is not supported: a child reads and writes bytes. runProcess() decodes them.`)
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
    // The host would pass what a prototype holds, too.
    env: Object.assign(Object.create(null), env ?? hostEnvironment()) as NodeJS.ProcessEnv,
    ...(cwd !== undefined && { cwd }),
    ...(user !== undefined && { uid: user }),
    ...(group !== undefined && { gid: group }),
  }
}

/** @throws OSError when the host cannot even try, or would try something else */
function start(command: Command, options: SubprocessOptions, stdio: StdioPlan['stdio']): ChildProcess {
  const { program, args, isShell } = command
  const path = isShell ? null : findProgram(program, options)
  if (path !== null) checkExecutable(path)
  try {
    return builtin('node:child_process').spawn(program, args, hostOptions(command, options, stdio))
  } catch (error) {
    throw osErrorOf(error)
  }
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

/** A child that has started. */
export interface StartedChild {
  readonly child: ChildProcess
  /** What the child writes to stdout and stderr, where these are one. */
  readonly merged: Socket | null
}

/**
 * Starts a child, and returns it once it is known to have started.
 *
 * @throws FileNotFoundError, PermissionError or another OSError when it cannot be started
 */
export const spawnChild = /* @__PURE__ */ coroutine(function* spawnChild(
  loop: BaseEventLoop,
  command: Command,
  options: SubprocessOptions,
  { stdio, isMerged }: StdioPlan,
): Coroutine<StartedChild> {
  if (command.program === '' && !command.isShell) {
    throw new FileNotFoundError("ENOENT: no such file or directory, spawn ''", { code: 'ENOENT', syscall: 'spawn' })
  }
  checkFolder(options.cwd)
  if (!isMerged) return { child: yield* started(loop, start(command, options, stdio)), merged: null }
  // The host makes a pipe for each stream; a socket that it is given can be both.
  const { ours, theirs } = yield* makeSocketPair(loop)
  let isStarted = false
  try {
    const [stdin, , , ...others] = stdio
    const child = yield* started(loop, start(command, options, [stdin, theirs, theirs, ...others]))
    isStarted = true
    return { child, merged: ours }
  } finally {
    // The end of the data comes once every copy is closed, this one included.
    theirs.destroy()
    if (!isStarted) ours.destroy()
  }
})

function* started(loop: BaseEventLoop, child: ChildProcess): Coroutine<ChildProcess> {
  if (child.pid !== undefined) {
    // A signal that cannot be sent is reported here as well as to its sender.
    child.on('error', () => undefined)
    return child
  }
  const failed = loop.createFuture<never>()
  child.once('error', (error) => {
    if (!failed.done()) failed.setException(osErrorOf(error))
  })
  return yield* failed
}
