import { describe, expect, it } from 'vitest'
import { runProgram } from './program.ts'

const imports = `
  import { Future, getRunningLoop, KeyboardInterrupt } from '@asyncio-ts/core'
  import { run } from '@asyncio-ts/loop'
  import { sleep } from '@asyncio-ts/tasks'
`

/** Sends a signal whenever the program prints `line`. */
const on =
  (line: string, signal: NodeJS.Signals) =>
  (printed: string, child: { kill(signal: NodeJS.Signals): boolean }): void => {
    if (printed === line) child.kill(signal)
  }

describe('run, in a process', () => {
  it('stays alive while main waits for a future that nobody resolves, until Ctrl-C', async () => {
    const { code, stdout, stderr } = await runProgram(
      `${imports}
      setTimeout(() => console.log('still here'), 300)
      await run(async () => {
        try {
          await new Future()
        } finally {
          console.log('finally')
          await sleep(0.01)
          console.log('cleaned up')
        }
      })
      console.log('not reached')`,
      on('still here', 'SIGINT'),
    )
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: 'still here\nfinally\ncleaned up\n', stderr: '' })
  })

  it('works the same for generators', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      await run(function* () {
        console.log('ready')
        try {
          yield* new Future()
        } finally {
          console.log('finally')
        }
      })`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'ready\nfinally\n' })
  })

  it('ends at once at the second Ctrl-C', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      await run(async () => {
        console.log('ready')
        try {
          await new Future()
        } finally {
          console.log('cleaning up')
          await sleep(3600)
        }
      })`,
      (line, child) => {
        if (line === 'ready' || line === 'cleaning up') child.kill('SIGINT')
      },
    )
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'ready\ncleaning up\n' })
  })

  it('lets the program catch the KeyboardInterrupt and go on', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      try {
        await run(async () => {
          console.log('ready')
          await new Future()
        })
      } catch (error) {
        console.log(error instanceof KeyboardInterrupt, process.listenerCount('SIGINT'))
      }`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ready\ntrue 0\n' })
  })

  it('returns normally when main swallows the cancel', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      console.log(await run(async () => {
        console.log('ready')
        try {
          await new Future()
        } catch {
          return 'swallowed'
        }
      }))`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ready\nswallowed\n' })
  })

  it('leaves SIGINT to a listener of the program', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      const done = new Future()
      process.on('SIGINT', () => done.setResult('by the program'))
      console.log(await run(async () => {
        console.log('ready')
        return Promise.race([new Promise((resolve) => process.on('SIGINT', () => resolve('mine')))])
      }))`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ready\nmine\n' })
  })

  it('leaves SIGINT to a handler of the loop', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      console.log(await run(async () => {
        const stopped = new Future()
        getRunningLoop().addSignalHandler('SIGINT', (what) => stopped.setResult(what), 'handled')
        console.log('ready')
        return stopped
      }))`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ready\nhandled\n' })
  })

  it('handles SIGTERM when asked to, with exit code 143', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      await run(async () => {
        console.log('ready')
        try {
          await new Future()
        } finally {
          console.log('finally')
        }
      }, { handleSigterm: true })`,
      on('ready', 'SIGTERM'),
    )
    expect({ code, stdout }).toEqual({ code: 143, stdout: 'ready\nfinally\n' })
  })

  it('fails with the error of main, as any program does', async () => {
    const { code, stderr } = await runProgram(`${imports} await run(async () => { throw new Error('of main') })`)
    expect(code).toBe(1)
    expect(stderr).toContain('Error: of main')
  })
})

describe('debug mode, in a process', () => {
  it('reports a slow callback', async () => {
    const { stderr } = await runProgram(
      `${imports}
      await run(async () => {
        getRunningLoop().slowCallbackDuration = 0.01
        getRunningLoop().callSoon(function slow() {
          const end = performance.now() + 30
          while (performance.now() < end);
        })
        await sleep(0)
      })`,
      undefined,
      { env: { ASYNCIO_DEBUG: '1' } },
    )
    expect(stderr).toMatch(/Executing <Handle slow\(\)> took 0\.0\d+ seconds\nCreated at:/)
  })

  it('reports a coroutine that was never awaited, and where it was made', async () => {
    const { stderr } = await runProgram(
      `${imports}
      await run(async () => {
        (function forgetful() { sleep(1) })()
        for (let i = 0; i < 20; i++) {
          globalThis.gc()
          await new Promise((resolve) => setTimeout(resolve, 1))
        }
      }, { debug: true })`,
      undefined,
      { flags: ['--expose-gc'] },
    )
    expect(stderr).toContain("coroutine 'sleep' was never awaited")
    expect(stderr).toContain('forgetful')
  })

  it('tells where a task was made whose error nobody retrieves', async () => {
    const { stderr } = await runProgram(
      `${imports}
      import { createTask } from '@asyncio-ts/tasks'
      await run(async () => {
        function origin() {
          createTask(async () => { throw new Error('lost') }, { name: 'loser' })
        }
        origin()
        await sleep(0.01)
      }, { debug: true })`,
    )
    expect(stderr).toContain('Task exception was never retrieved')
    expect(stderr).toContain("name='loser'")
    expect(stderr).toContain('Error: lost')
  })
})

describe('import', () => {
  it('loads nothing of the network, of processes or of threads', async () => {
    const { stdout } = await runProgram(
      `const before = new Set(process.moduleLoadList)
      await import('@asyncio-ts/loop')
      const loaded = process.moduleLoadList.filter((name) => !before.has(name))
      console.log(loaded.filter((name) => /NativeModule (net|tls|dgram|child_process|worker_threads|http)$/.test(name)).length)`,
    )
    expect(stdout).toBe('0\n')
  })
})
