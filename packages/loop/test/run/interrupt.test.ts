import { describe, expect, it } from 'vitest'
import { runProgram } from '../program.ts'

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

  it('ends quietly when nobody even awaits run', async () => {
    const { code, stdout, stderr } = await runProgram(
      `${imports}
      void run(async () => {
        console.log('ready')
        await new Future()
      })`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: 'ready\n', stderr: '' })
  })

  it('ends quietly when the KeyboardInterrupt is thrown on after other work', async () => {
    const { code, stdout, stderr } = await runProgram(
      `${imports}
      try {
        await run(async () => {
          console.log('ready')
          await new Future()
        })
      } catch (error) {
        await run(() => sleep(0.01))
        console.log('other work')
        throw error
      }`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: 'ready\nother work\n', stderr: '' })
  })

  it.each([
    ['a listener', "process.on('uncaughtException', last)"],
    ['a capture callback', 'process.setUncaughtExceptionCaptureCallback(last)'],
    ['a listener for rejections', "process.on('unhandledRejection', last)"],
  ])('leaves the last word to %s of the program', async (_what, install) => {
    const { code, stdout } = await runProgram(
      `${imports}
      const last = (error) => console.log('last word', error.name)
      ${install}
      void run(async () => {
        console.log('ready')
        await new Future()
      })`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ready\nlast word KeyboardInterrupt\n' })
  })

  it('stops watching for uncaught errors once no KeyboardInterrupt is left', async () => {
    const { stdout } = await runProgram(
      `${imports}
      const watchers = () => process.listenerCount('uncaughtExceptionMonitor')
      console.log(watchers())
      await (async () => {
        await run(async () => {
          console.log('ready')
          await new Future()
        }).catch(() => console.log(watchers()))
      })()
      while (watchers() > 0) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        globalThis.gc()
      }
      console.log(watchers())`,
      on('ready', 'SIGINT'),
      { flags: ['--expose-gc'] },
    )
    expect(stdout).toBe('0\nready\n1\n0\n')
  })

  it('cancels main at once when it only follows a promise of the host', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      setTimeout(() => console.log('ready'), 1)
      await run(new Promise(() => undefined))`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'ready\n' })
  })

  it('ends at once while what main left behind is cleaned up', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      await run(async () => {
        getRunningLoop().createTask(async () => {
          try {
            await new Future()
          } finally {
            console.log('cleaning up')
            await new Future()
          }
        })
        await sleep(0)
      })`,
      on('cleaning up', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'cleaning up\n' })
  })

  it('passes the CancelledError on when somebody else cancelled main as well', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      try {
        await run(async (task) => {
          console.log('ready')
          try {
            await new Future()
          } finally {
            task.cancel()
          }
        })
      } catch (error) {
        console.log(error.name)
      }`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ready\nCancelledError\n' })
  })

  it('leaves SIGTERM alone unless asked', async () => {
    const { code, signal, stdout } = await runProgram(
      `${imports}
      await run(async () => {
        console.log('ready')
        try {
          await new Future()
        } finally {
          console.log('not reached')
        }
      })`,
      on('ready', 'SIGTERM'),
    )
    expect({ code, signal, stdout }).toEqual({ code: null, signal: 'SIGTERM', stdout: 'ready\n' })
  })

  it('ends at once when SIGINT follows SIGTERM', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      await run(async () => {
        console.log('ready')
        try {
          await new Future()
        } finally {
          console.log('cleaning up')
          await new Future()
        }
      }, { handleSigterm: true })`,
      (line, child) => void child.kill(line === 'ready' ? 'SIGTERM' : 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'ready\ncleaning up\n' })
  })

  it('works for each run of a Runner', async () => {
    const { code, stdout } = await runProgram(
      `${imports}
      import { Runner } from '@asyncio-ts/loop'
      await using runner = new Runner()
      for (const round of [1, 2]) {
        const main = async () => {
          console.log('ready')
          await new Future()
        }
        await runner.run(main).catch((error) => console.log(round, error.name))
      }
      console.log(await runner.run(async () => 'still works'))`,
      on('ready', 'SIGINT'),
    )
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'ready\n1 KeyboardInterrupt\nready\n2 KeyboardInterrupt\nstill works\n',
    })
  })

  it('fails with the error of main, as any program does', async () => {
    const { code, stderr } = await runProgram(`${imports} await run(async () => { throw new Error('of main') })`)
    expect(code).toBe(1)
    expect(stderr).toContain('Error: of main')
  })
})
