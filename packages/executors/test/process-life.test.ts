import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bundle } from './bundle.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const imports =
  "import { ProcessPoolExecutor, ThreadPoolExecutor, toThread, workerFunction } from '@asyncio-ts/executors'\n"

/** Runs a program in a process of its own, and returns how it ended and what it printed. */
function start(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, args, { cwd: root, timeout: 60_000, env: { ...process.env, NODE_OPTIONS: '' } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

async function runProgram(text: string, ...flags: string[]): ReturnType<typeof start> {
  return start([...flags, fileURLToPath(await bundle({ text: imports + text }))])
}

describe('a program', () => {
  it('ends by itself when nothing is left to do, though nobody shut anything down', async () => {
    const ending = await runProgram(`
      console.log(await toThread((a: number) => a + 1, 1))
      console.log(await new ThreadPoolExecutor({ maxWorkers: 1 }).submit(() => 3))
      console.log(await new ProcessPoolExecutor({ maxWorkers: 1 }).submit(() => 4))
    `)
    expect(ending).toEqual({ code: 0, stdout: '2\n3\n4\n', stderr: '' })
  })

  it('does not end before its calls do', async () => {
    const ending = await runProgram(`
      const work = async (n: number) => {
        await new Promise((resolve) => setTimeout(resolve, 30))
        console.log('did', n)
        return n
      }
      new ThreadPoolExecutor({ maxWorkers: 1 }).submit(work, 1).addDoneCallback(() => console.log('done 1'))
      new ProcessPoolExecutor({ maxWorkers: 1 }).submit(work, 2).addDoneCallback(() => console.log('done 2'))
    `)
    expect(ending.stderr).toBe('')
    expect(ending.stdout.trim().split('\n').sort()).toEqual(['did 1', 'did 2', 'done 1', 'done 2'])
  })

  it('has no handle left after a shutdown', async () => {
    const ending = await runProgram(`
      process.stdout.write('')
      process.stderr.write('')
      const active = () => process.getActiveResourcesInfo().filter((kind) => kind !== 'CloseReq').join()
      const before = active()
      const executors = [new ThreadPoolExecutor({ maxWorkers: 2 }), new ProcessPoolExecutor({ maxWorkers: 1 })]
      for (const executor of executors) {
        await Promise.all([executor.submit(() => 1), executor.submit(() => 2)])
        await executor.shutdown()
      }
      await new Promise((resolve) => setImmediate(resolve))
      console.log(active() === before, before)
    `)
    expect(ending).toEqual({ code: 0, stdout: 'true PipeWrap,PipeWrap\n', stderr: '' })
  })

  it('need not shut down an executor that it has lost', async () => {
    const ending = await runProgram(
      `
      const lose = async () => new ProcessPoolExecutor({ maxWorkers: 1 }).submit(() => process.pid)
      const pid = await lose()
      const isRunning = () => {
        try {
          return process.kill(pid, 0)
        } catch (error) {
          return error.code !== 'ESRCH'
        }
      }
      const wasRunning = isRunning()
      while (isRunning()) {
        globalThis.gc()
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      console.log(typeof pid, wasRunning)
    `,
      '--expose-gc',
    )
    expect(ending).toEqual({ code: 0, stdout: 'number true\n', stderr: '' })
  })

  it('may be one file without anything else: then the thread tells what a function misses', async () => {
    const ending = await runProgram(`
      const outer = process.argv.length
      const error = await toThread((n: number) => n + outer, 1).then(String, String)
      console.log(error)
    `)
    const message = 'outer is not defined: a function in a worker sees its arguments and the globals, and nothing else.'
    expect(ending).toEqual({ code: 0, stdout: `ReferenceError: ${message}\n`, stderr: '' })
  })

  it('takes its processes along when it is killed', async () => {
    const ending = await runProgram(`
      const executor = new ProcessPoolExecutor({ maxWorkers: 1 })
      console.log(await executor.submit(() => process.pid))
      executor.submit(() => new Promise(() => setInterval(() => undefined, 1000)))
      setImmediate(() => process.kill(process.pid, 'SIGKILL'))
    `)
    // The process shares the output of its parent: were it alive, the output would not have been closed.
    expect(ending).toMatchObject({ code: null, stdout: expect.stringMatching(/^\d+\n$/) as string })
  })
})

describe('a process that is busy', () => {
  it.each([
    ['is killed', "process.kill(process.pid, 'SIGKILL')"],
    ['exits', 'process.exit()'],
  ])('ends soon after its parent %s', async (_what, ending) => {
    const { stdout } = await runProgram(`
      const executor = new ProcessPoolExecutor({ maxWorkers: 1 })
      await executor.submit(() => process.pid)
      // Not for ever: where this fails it would outlive the test.
      executor.submit(() => { for (const end = Date.now() + 20_000; Date.now() < end;); console.log('It has outlived its parent.') })
      process.stdout.write('busy', () => setTimeout(() => { ${ending} }, 50))
    `)
    // Its output is that of its parent, which is closed once both have ended.
    expect(stdout).toBe('busy')
  })
})

describe('a module in TypeScript', () => {
  it('runs in threads and processes of a program that was started with a loader', async () => {
    // Inside the repository, where the packages are found.
    const folder = mkdtempSync(join(root, 'docs', '.run-executors-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const module = join(folder, 'work.mts')
    writeFileSync(module, 'enum Size { Small = 2 }\nexport const twice = (n: number): number => n * Size.Small\n')
    const main = join(folder, 'main.mts')
    const url = JSON.stringify(pathToFileURL(module).href)
    writeFileSync(
      main,
      `${imports}
      const twice = workerFunction<(n: number) => number>(${url}, 'twice')
      console.log(await toThread(twice, 1))
      const executor = new ProcessPoolExecutor({ maxWorkers: 1 })
      console.log(await executor.submit(twice, 2))
      await executor.shutdown()
      // What compilers add to functions that have functions in them.
      console.log(await toThread((n: number) => {
        const inner = (m: number): number => m + 1
        function other(m: number): number { return inner(m) }
        return other(n)
      }, 5))
      `,
    )
    const ending = await start(['--conditions=@asyncio-ts/source', '--import', 'tsx', main])
    expect(ending).toEqual({ code: 0, stdout: '2\n4\n6\n', stderr: '' })
  })
})
