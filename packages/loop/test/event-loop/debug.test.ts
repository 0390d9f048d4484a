import { describe, expect, it, vi } from 'vitest'
import { coroutine, getRunningLoop } from '@asyncio-ts/core'
import { newEventLoop, run } from '../../src/index.ts'
import { runProgram } from '../program.ts'

const imports = `
  import { coroutine, Future, getRunningLoop } from '@asyncio-ts/core'
  import { run } from '@asyncio-ts/loop'
  const spin = (milliseconds) => {
    const end = performance.now() + milliseconds
    while (performance.now() < end);
  }
  const pause = coroutine(function* oneTurn() {
    yield
  })
`

/** Runs the body of a main function in debug mode, and returns what it wrote to stderr. */
async function debug(body: string, flags: string[] = []): Promise<string> {
  const { code, stderr } = await runProgram(`${imports}\nawait run(async () => {\n${body}\n})`, undefined, {
    env: { ASYNCIO_DEBUG: '1' },
    flags,
  })
  expect(code).toBe(0)
  return stderr
}

describe('debug mode', () => {
  it('is what the environment says, unless the program says it', async () => {
    const source = `${imports}
      const isOn = () => getRunningLoop().getDebug()
      console.log(await run(async () => isOn()), await run(async () => isOn(), { debug: false }))`
    const printed = async (env: Record<string, string>) => (await runProgram(source, undefined, { env })).stdout
    expect(await printed({ ASYNCIO_DEBUG: '1' })).toBe('true false\n')
    expect(await printed({ ASYNCIO_DEBUG: '0' })).toBe('false false\n')
    expect(await printed({ ASYNCIO_DEBUG: '' })).toBe('false false\n')
  })

  it('reports slow callbacks, and where they were scheduled', async () => {
    const stderr = await debug(`
      getRunningLoop().slowCallbackDuration = 0.01
      function origin() {
        getRunningLoop().callSoon(function slow() { spin(30) })
        getRunningLoop().callLater(0, function late() { spin(30) })
      }
      origin()
      await new Promise((resolve) => getRunningLoop().callLater(0.001, resolve))`)
    expect(stderr).toMatch(/Executing <Handle slow\(\)> took \d+\.\d+ seconds\nCreated at:\n.*origin/)
    expect(stderr).toMatch(/Executing <TimerHandle late\(\) when=[\d.]+> took \d+\.\d+ seconds\nCreated at:\n/)
  })

  it('reports slow steps of tasks in both spellings, at the start and after an await', async () => {
    const stderr = await debug(`
      const loop = getRunningLoop()
      loop.slowCallbackDuration = 0.01
      await loop.createTask(function* () { spin(20) }, { name: 'generator, at the start' })
      await loop.createTask(function* () { yield* pause(); spin(20) }, { name: 'generator, later' })
      await loop.createTask(async () => { spin(20) }, { name: 'async, at the start' })
      await loop.createTask(async () => { await pause(); spin(20) }, { name: 'async, later' })
      await loop.createTask(async () => {
        const future = new Future()
        loop.callSoon(() => future.setResult())
        await future
        spin(20)
      }, { name: 'async, after a future' })`)
    // A busy machine makes other steps slow as well: those of main, above all.
    const reports = stderr.matchAll(/^Executing <Task \w+ name='([^']+, [^']+)'.* took \d+\.\d+ seconds$/gm)
    expect(new Set([...reports].map(([, name]) => name))).toEqual(
      new Set([
        'generator, at the start',
        'generator, later',
        'async, at the start',
        'async, later',
        'async, after a future',
      ]),
    )
  })

  it('says nothing of slow callbacks below the limit, or when it is off', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    try {
      for (const debug of [true, false]) {
        await run(
          async () => {
            getRunningLoop().slowCallbackDuration = debug ? 3600 : 0
            getRunningLoop().callSoon(() => undefined)
          },
          { debug },
        )
      }
      expect(warn).not.toHaveBeenCalled()
    } finally {
      warn.mockRestore()
    }
  })

  it('reports a coroutine that was never awaited when it is collected, and where it was made', async () => {
    const stderr = await debug(
      `let reported = false
      getRunningLoop().setExceptionHandler((loop, context) => {
        reported = true
        loop.defaultExceptionHandler(context)
      })
      ;(function forgetful() { pause() })()
      while (!reported) {
        globalThis.gc()
        await new Promise((resolve) => setTimeout(resolve, 1))
      }`,
      ['--expose-gc'],
    )
    expect(stderr).toMatch(/^coroutine 'oneTurn' was never awaited\nObject created at:\n(.*\n)*.*forgetful/)
  })

  it('reports a coroutine that was never awaited when the program ends', async () => {
    const stderr = await debug(`
      ;(function forgetful() { pause() })()
      await pause()
      pause().return()`)
    expect(stderr.match(/was never awaited/g)).toHaveLength(1)
    expect(stderr).toMatch(/^coroutine 'oneTurn' was never awaited\nObject created at:\n(.*\n)*.*forgetful/)
  })

  it('tells where a task was made whose error nobody retrieves, and where a failing callback was scheduled', async () => {
    const stderr = await debug(`
      function origin() {
        getRunningLoop().createTask(async () => { throw new Error('lost') }, { name: 'loser' })
        getRunningLoop().callSoon(function failing() { throw new Error('in a callback') })
      }
      origin()
      await pause()
      await pause()`)
    expect(stderr).toMatch(/Exception in callback failing\(\)\nhandle: .*\nObject created at:\n.*origin/)
    expect(stderr).toMatch(/Task exception was never retrieved\n.*name='loser'.*\nObject created at:\n(.*\n)*?.*origin/)
    expect(stderr).toContain('Error: lost')
    expect(stderr).toContain('Error: in a callback')
  })

  it('hands the origin to an exception handler, and none when it is off', async () => {
    const origins: (string | undefined)[] = []
    for (const debug of [true, false]) {
      await run(
        function* () {
          const loop = getRunningLoop()
          loop.setExceptionHandler((_loop, context) => void origins.push(context.sourceTraceback))
          loop.callSoon(() => {
            throw new Error('of the callback')
          })
          yield
        },
        { debug },
      )
    }
    expect(origins).toEqual([expect.stringContaining('debug.test.ts'), undefined])
  })

  it.each([
    ['an async function', async () => undefined],
    ['a generator function', function* () {}],
    ['an async generator function', async function* () {}],
    ['a coroutine function', coroutine(function* () {})],
  ])('refuses %s as a callback', (_what, callback) => {
    const loop = newEventLoop({ debug: true })
    const expected = expect.objectContaining({ name: 'TypeError', message: expect.stringContaining('createTask') })
    expect(() => loop.callSoon(callback)).toThrow(expected)
    expect(() => loop.callLater(1, callback)).toThrow(expected)
    expect(() => loop.callAt(1, callback)).toThrow(expected)
    loop.setDebug(false)
    loop.callSoon(callback)
    loop.close()
  })
})
