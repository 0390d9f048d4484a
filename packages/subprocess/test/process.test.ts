import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { getRunningLoop, isCancelled } from '@asyncio-ts/core'
import type { Awaitable, TaskLike } from '@asyncio-ts/core'
import { createSubprocessExec, createSubprocessShell, DEVNULL, PIPE, ProcessLookupError, STDOUT } from '../src/index.ts'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'
import type { Wait } from '../../../test-support/spellings.ts'

const piped = { stdin: PIPE, stdout: PIPE, stderr: PIPE } as const

/** What a failed wait was ended by. */
function* errorOf(wait: Wait, make: () => Awaitable<unknown>): Generator<never, Error, unknown> {
  try {
    yield* wait(make())
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not fail.')
}

describe('createSubprocessExec', () => {
  inBoth('feeds a program and reads what it prints', function* (wait) {
    const process = yield* wait(createSubprocessExec('cat', piped))
    expect([process.returncode, typeof process.pid]).toEqual([null, 'number'])
    const [stdout, stderr] = yield* wait(process.communicate('hello'))
    expect([text(stdout), text(stderr), process.returncode]).toEqual(['hello', '', 0])
  })

  inBoth('has no streams but those asked for', function* (wait) {
    const process = yield* wait(createSubprocessExec('true'))
    expect([process.stdin, process.stdout, process.stderr]).toEqual([null, null, null])
    expect(yield* wait(process.communicate())).toEqual([null, null])
  })

  inBoth('moves more than every buffer in both directions without a deadlock', function* (wait) {
    const input = new Uint8Array(3_000_000).map((_, index) => index % 251)
    const program = "process.stdin.on('data', (data) => { process.stdout.write(data); process.stderr.write(data) })"
    const process = yield* wait(createSubprocessExec(globalThis.process.execPath, '-e', program, piped))
    const [stdout, stderr] = yield* wait(process.communicate(input))
    expect([Buffer.compare(stdout!, input), Buffer.compare(stderr!, input)]).toEqual([0, 0])
  })

  inBoth('returns -N when signal N has ended the child', function* (wait) {
    for (const [signal, number] of [
      ['SIGTERM', 15],
      ['SIGKILL', 9],
      [10, 10],
    ] as const) {
      const process = yield* wait(createSubprocessExec('sleep', '60'))
      process.sendSignal(signal)
      expect(yield* wait(process.wait())).toBe(-number)
    }
  })

  inBoth('refuses signals to a child that has ended', function* (wait) {
    const process = yield* wait(createSubprocessExec('true', { stdout: PIPE }))
    yield* wait(process.communicate())
    yield* wait(turns())
    for (const send of [() => process.kill(), () => process.terminate(), () => process.sendSignal(2)]) {
      expect(send).toThrow(ProcessLookupError)
    }
  })

  inBoth('merges stderr into wherever stdout goes', function* (wait) {
    const script = 'echo 1; echo 2 >&2; echo 3'
    const piped = yield* wait(createSubprocessExec('sh', '-c', script, { stdout: PIPE, stderr: STDOUT }))
    expect((yield* wait(piped.communicate())).map(text)).toEqual(['1\n2\n3\n', null])
    const shell = yield* wait(createSubprocessShell(script, { stdout: PIPE, stderr: STDOUT }))
    expect((yield* wait(shell.communicate())).map(text)).toEqual(['1\n2\n3\n', null])
    const nowhere = yield* wait(createSubprocessExec('sh', '-c', script, { stdout: DEVNULL, stderr: STDOUT }))
    expect(yield* wait(nowhere.communicate())).toEqual([null, null])
  })

  inBoth('gives the child its folder, its environment and its descriptors', function* (wait) {
    const script = 'pwd; echo $COLOR; cat <&3 | head -c 2; ps -o sid= -p $$'
    const { open } = yield* wait(loaded())
    const file = yield* wait(open('/etc/passwd'))
    const process = yield* wait(
      createSubprocessExec('sh', '-c', script, {
        stdout: PIPE,
        cwd: '/usr',
        env: { COLOR: 'red', PATH: globalThis.process.env['PATH'] },
        passFds: [file.fd],
        startNewSession: true,
      }),
    )
    const [stdout] = yield* wait(process.communicate())
    yield* wait(settled(file.close()))
    const [folder, color, rest] = text(stdout)!.split('\n')
    expect([folder, color, rest!.slice(0, 2), rest!.slice(2).trim()]).toEqual([
      '/usr',
      'red',
      'ro',
      String(process.pid),
    ])
  })

  inBoth('takes a descriptor or an open file as a standard stream', function* (wait) {
    const { open } = yield* wait(loaded())
    const file = yield* wait(open('/etc/hostname'))
    const byHandle = yield* wait(createSubprocessExec('cat', { stdin: file, stdout: PIPE }))
    expect(text((yield* wait(byHandle.communicate()))[0])).toBe(readFileSync('/etc/hostname', 'utf8'))
    yield* wait(settled(file.close()))
  })

  inBoth('reads what a program that has exited has left in the pipe', function* (wait) {
    const process = yield* wait(createSubprocessExec('seq', '20000', { stdout: PIPE }))
    yield* wait(process.wait())
    let lines = 0
    const iterator = process.lines()
    while (!(yield* wait(iterator.next())).done) lines++
    expect(lines).toBe(20000)
  })

  inBoth('wakes on the exit though another process holds the pipe', function* (wait) {
    const process = yield* wait(createSubprocessExec('sh', '-c', 'sleep 60 & echo $!', { stdout: PIPE }))
    const pid = Number(text(yield* wait(process.stdout!.readline())))
    expect(yield* wait(process.wait())).toBe(0)
    globalThis.process.kill(pid)
    expect(yield* wait(process.stdout!.read())).toHaveLength(0)
  })

  inBoth('ignores a child that does not read its input', function* (wait) {
    const process = yield* wait(createSubprocessExec('true', { stdin: PIPE }))
    expect(yield* wait(process.communicate(new Uint8Array(1_000_000)))).toEqual([null, null])
    expect(process.returncode).toBe(0)
  })

  inBoth('leaves a process that can be used when communicate is cancelled, and loses nothing', function* (wait) {
    const script = 'echo before; echo to stderr >&2; read line; echo after $line'
    const process = yield* wait(createSubprocessExec('sh', '-c', script, piped))
    const task = getRunningLoop().createTask(async () => await process.stdout!.readuntil('e\n'))
    expect(text((yield* wait(task as TaskLike<Uint8Array>)) as Uint8Array)).toBe('before\n')
    const silent = yield* wait(createSubprocessExec('sh', '-c', 'echo one; exec 1>&-; sleep 60', piped))
    const communicating = getRunningLoop().createTask(() => silent.communicate())
    yield* wait(until(() => silent.stdout!._eof))
    communicating.cancel()
    expect(isCancelled(yield* errorOf(wait, () => communicating))).toBe(true)
    yield* wait(turns())
    expect(text(yield* wait(silent.stdout!.read()))).toBe('one\n')
    silent.kill()
    yield* wait(silent.wait())
    expect((yield* wait(process.communicate('x\n'))).map(text)).toEqual(['after x\n', 'to stderr\n'])
  })

  inBoth('terminates within a time of grace, or kills', function* (wait) {
    const polite = yield* wait(createSubprocessExec('sleep', '60'))
    expect(yield* wait(polite.terminate({ grace: 60 }))).toBe(-15)
    const stubborn = yield* wait(
      createSubprocessExec('sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 0.01; done', { stdout: PIPE }),
    )
    yield* wait(stubborn.stdout!.readline())
    expect(yield* wait(stubborn.terminate({ grace: 0.05 }))).toBe(-9)
    expect(yield* wait(stubborn.terminate({ grace: 1 }))).toBe(-9)
  })

  inBoth('signals a whole group', function* (wait) {
    const script = 'sleep 60 & echo $!; wait'
    const leader = yield* wait(createSubprocessExec('sh', '-c', script, { stdout: PIPE, startNewSession: true }))
    const pid = Number(text(yield* wait(leader.stdout!.readline())))
    leader.kill({ group: true })
    yield* wait(leader.wait())
    // The end of the pipe says that nobody holds it any more.
    expect(yield* wait(leader.stdout!.read())).toHaveLength(0)
    yield* wait(until(() => !isAlive(pid)))
    const single = yield* wait(createSubprocessExec('sleep', '60'))
    expect(() => single.kill({ group: true })).toThrow(/startNewSession/)
    single.kill()
    yield* wait(single.wait())
  })

  inBoth('kills the child when its signal aborts', function* (wait) {
    const controller = new AbortController()
    const process = yield* wait(createSubprocessExec('sleep', '60', { signal: controller.signal }))
    controller.abort()
    expect(yield* wait(process.wait())).toBe(-9)
    const reason = new Error('too late')
    const late = yield* errorOf(wait, () => createSubprocessExec('true', { signal: AbortSignal.abort(reason) }))
    expect(isCancelled(late)).toBe(true)
    expect(late.cause).toBe(reason)
  })

  inBoth('kills the child when the start is cancelled', function* (wait) {
    const loop = getRunningLoop()
    for (let turnsBefore = 1; turnsBefore < 6; turnsBefore++) {
      const task = loop.createTask(() => createSubprocessExec('sleep', '61', { stdout: PIPE }))
      for (let i = 0; i < turnsBefore; i++) yield* wait(turns(1))
      const wasDone = task.done()
      task.cancel()
      if (wasDone) {
        const process = (yield* wait(task as never)) as { kill(): void; wait(): Awaitable<number> }
        process.kill()
        yield* wait(process.wait())
      } else expect(isCancelled(yield* errorOf(wait, () => task))).toBe(true)
    }
    expect(childrenNamed('sleep\u000061')).toEqual([])
  })

  inBoth('kills the child at the end of an await using block', function* (wait) {
    const process = yield* wait(createSubprocessExec('sleep', '60', piped))
    yield* wait(process[Symbol.asyncDispose]())
    expect(process.returncode).toBe(-9)
  })
})

describe('errors of the system', () => {
  const long = 'x'.repeat(3_000_000)
  const cases: [title: string, name: string, make: () => Awaitable<unknown>][] = [
    ['a program that does not exist', 'FileNotFoundError', () => createSubprocessExec('no-such-program-1')],
    ['a program with an empty name', 'FileNotFoundError', () => createSubprocessExec('')],
    ['a file that cannot be executed', 'PermissionError', () => createSubprocessExec('/etc/passwd')],
    [
      'a folder that does not exist',
      'FileNotFoundError',
      () => createSubprocessExec('true', { cwd: '/no-such-folder' }),
    ],
    ['a folder that is a file', 'NotADirectoryError', () => createSubprocessExec('true', { cwd: '/etc/passwd' })],
    ['arguments that are too long', 'OSError', () => createSubprocessExec('true', long)],
    [
      'a program that does not exist, with its outputs merged',
      'FileNotFoundError',
      () => createSubprocessExec('no-such-program-2', { stdout: PIPE, stderr: STDOUT }),
    ],
    [
      'a file that cannot be executed, with its outputs merged',
      'PermissionError',
      () => createSubprocessExec('/etc/passwd', { stdout: PIPE, stderr: STDOUT }),
    ],
  ]
  for (const [title, name, make] of cases) {
    inBoth(`are thrown at the await: ${title}`, function* (wait) {
      expect((yield* errorOf(wait, make)).name).toBe(name)
    })
  }
})

describe('misuse', () => {
  inBoth('is refused before anything is started', function* (wait) {
    const refused = function* (message: RegExp, make: () => Awaitable<unknown>) {
      expect((yield* errorOf(wait, make)).message).toMatch(message)
    }
    yield* refused(/null byte/, () => createSubprocessExec('echo', 'a\0b'))
    yield* refused(/strings/, () => createSubprocessExec('echo', 1 as never))
    yield* refused(/STDOUT can only/, () => createSubprocessExec('echo', { stdout: STDOUT }))
    yield* refused(/not supported/, () => createSubprocessExec('echo', { encoding: 'utf8' } as never))
    yield* refused(/stdin is PIPE/, () => createSubprocessExec('echo', { stdin: 'pipe' as never }))
    yield* refused(/cmd must be a string/, () => createSubprocessShell(['echo'] as never))
    const process = yield* wait(createSubprocessExec('true'))
    expect(() => process.communicate('x')).toThrow(/stdin is not a pipe/)
    expect(() => process.lines()).toThrow(/stdout is not a pipe/)
    expect(() => process.terminate({ grace: -1 })).toThrow(/seconds/)
    yield* wait(process.wait())
  })

  it('says that it needs run outside of it', () => {
    expect(() => createSubprocessExec('true')).toThrow(/inside run\(main\)/)
  })
})

function settled<T>(promise: Promise<T>): Awaitable<T> {
  const future = getRunningLoop().createFuture<T>()
  promise.then(
    (value) => future.setResult(value),
    (error: Error) => future.setException(error),
  )
  return future
}

interface Opened {
  open(path: string): Awaitable<{ fd: number; close(): Promise<void> }>
}

function loaded(): Awaitable<Opened> {
  return settled(
    import('node:fs/promises').then(({ open }) => ({ open: (path: string) => settled(open(path)) as never })),
  )
}

/** Lets the loop turn a few times. */
function turns(count = 5): Awaitable<void> {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const next = (left: number): void => void (left === 0 ? future.setResult() : loop.callSoon(next, left - 1))
  next(count)
  return future
}

/** Looks again and again, letting the host in between; the test's own time limit bounds it. */
function until(condition: () => boolean): Awaitable<void> {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const look = (): void => void (condition() ? future.setResult() : loop.callLater(0.002, look))
  look()
  return future
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOENT')
    return false
  }
}

/** The processes whose command line begins so. */
function childrenNamed(commandLine: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(commandLine)
    } catch (error) {
      // It has ended meanwhile.
      return error === undefined
    }
  })
}
