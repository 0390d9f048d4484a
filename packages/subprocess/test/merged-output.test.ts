import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { getRunningLoop, isCancelled } from '@asyncio-ts/core'
import { inBoth, text } from '../../../test-support/on-real-loop.ts'
import { createSubprocessExec, createSubprocessShell, PIPE, runProcess, STDOUT } from '../src/index.ts'

const merged = { stdout: PIPE, stderr: STDOUT } as const
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'asyncio-merged-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function executable(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  chmodSync(path, 0o755)
  return path
}

describe('stderr: STDOUT', () => {
  inBoth('keeps the order of what goes to both, up to the last byte', function* (wait) {
    const program = `
      const { writeSync } = require('node:fs')
      for (let i = 0; i < 20000; i++) writeSync(i % 3 === 0 ? 2 : 1, i + '\\n')`
    const { stdout, stderr } = yield* wait(runProcess(process.execPath, ['-e', program], { stderr: STDOUT }))
    expect(stderr).toBeNull()
    expect(text(stdout)).toBe(Array.from({ length: 20000 }, (_, i) => `${i}\n`).join(''))
  })

  inBoth('leaves the environment of the child as it is', function* (wait) {
    const env = { 'A-B': '1', 'app.token': '2', PATH: process.env['PATH'] }
    const print = 'console.log(JSON.stringify(process.env))'
    const both = [undefined, STDOUT] as const
    const printed: unknown[] = []
    for (const stderr of both) {
      const options = { stdout: PIPE, env, ...(stderr !== undefined && { stderr }) }
      const child = yield* wait(createSubprocessExec(process.execPath, '-e', print, options))
      const [stdout] = yield* wait(child.communicate())
      printed.push(JSON.parse(text(stdout)!))
    }
    expect(printed).toEqual([env, env])
  })

  inBoth('puts nothing between the parent and the program', function* (wait) {
    const print = 'console.log(process.ppid, process.argv0)'
    const child = yield* wait(createSubprocessExec(process.execPath, '-e', print, merged))
    const [stdout] = yield* wait(child.communicate())
    expect(text(stdout)).toBe(`${process.pid} ${process.execPath}\n`)
  })

  inBoth('fails as a start without it does', function* (wait) {
    const script = executable('bad-interpreter', '#!/no/such/interpreter\n')
    for (const options of [{ stdout: PIPE }, merged]) {
      let name = ''
      try {
        yield* wait(createSubprocessExec(script, options))
      } catch (error) {
        name = (error as Error).name
      }
      expect(name).toBe('FileNotFoundError')
    }
  })

  inBoth('sees the end though the child has exited before, and waits for those that hold it', function* (wait) {
    const child = yield* wait(createSubprocessShell('(sleep 0.1; echo late >&2) & echo early', merged))
    expect(yield* wait(child.wait())).toBe(0)
    expect(text(yield* wait(child.stdout!.read()))).toBe('early\nlate\n')
  })

  inBoth('tells a child that nobody reads', function* (wait) {
    const child = yield* wait(
      createSubprocessExec('sh', '-c', 'read x; while echo line; do :; done; exit 3', { ...merged, stdin: PIPE }),
    )
    child.stdin!.write('\n')
    yield* wait(child.stdout!.readline())
    yield* wait(child[Symbol.asyncDispose]())
    expect(child.returncode).not.toBeNull()
  })

  inBoth('leaves nothing behind when the start is cancelled', function* (wait) {
    const loop = getRunningLoop()
    const handles = (): number => process.getActiveResourcesInfo().filter((each) => each === 'PipeWrap').length
    const before = handles()
    for (let steps = 0; steps < 8; steps++) {
      const task = loop.createTask(() => createSubprocessExec('sleep', '62', merged))
      for (let i = 0; i < steps; i++) {
        const turn = loop.createFuture<void>()
        loop.callSoon(() => setImmediate(() => turn.setResult()))
        yield* wait(turn)
      }
      task.cancel()
      try {
        const child = yield* wait(task as never)
        yield* wait((child as { [Symbol.asyncDispose](): never })[Symbol.asyncDispose]())
      } catch (error) {
        expect(isCancelled(error)).toBe(true)
      }
    }
    for (let i = 0; i < 200 && handles() > before; i++) {
      const turn = loop.createFuture<void>()
      loop.callLater(0.01, () => turn.setResult())
      yield* wait(turn)
    }
    expect(handles()).toBeLessThanOrEqual(before)
  })
})

describe('an executable without #!', () => {
  for (const options of [{ stdout: PIPE }, merged]) {
    inBoth(`is refused as CPython does (${JSON.stringify(options)})`, function* (wait) {
      const script = executable('no-interpreter', 'echo hello\n')
      let error: unknown
      try {
        yield* wait(createSubprocessExec(script, options))
      } catch (thrown) {
        error = thrown
      }
      expect(error).toMatchObject({ name: 'OSError', code: 'ENOEXEC', path: script })
      expect((error as Error).message).toMatch(/Exec format error/)
    })
  }

  inBoth('runs when it is no text, or says what runs it', function* (wait) {
    const script = executable('interpreter', '#!/bin/sh\necho hello\n')
    expect(text((yield* wait(runProcess(script))).stdout)).toBe('hello\n')
    expect((yield* wait(runProcess('true'))).returncode).toBe(0)
  })
})
