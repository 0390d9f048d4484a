import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { Browser, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const executablePath = ['CHROMIUM', 'CHROME_BIN']
  .map((name) => process.env[name])
  .concat('/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome')
  .find((path) => path !== undefined && existsSync(path))

const LAUNCH_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const PROGRAM = `
import { Future, Task, coroutine, currentTask, getRunningLoop } from './index.ts'

export const sleep = coroutine(function* (seconds) {
  const future = getRunningLoop().createFuture()
  const timer = getRunningLoop().callLater(seconds, () => future.done() || future.setResult(seconds))
  try { return yield* future } finally { timer.cancel() }
})
const wrap = (promise) => {
  const future = new Future()
  promise.then((value) => future.done() || future.setResult(value))
  return future
}

globalThis.cancelReaches = async () => {
  const seen = []
  for (const wait of [() => new Future(), () => sleep(60)]) {
    const deep = async (depth) => (depth > 0 ? await deep(depth - 1) : await wait())
    const task = new Task(async () => {
      try {
        await sleep(0)
        await deep(3)
      } finally {
        await sleep(0.001)
        seen.push('cleaned')
      }
    })
    await sleep(0.02)
    task.cancel()
    await task.catch((error) => seen.push(error.name))
  }
  return seen
}

globalThis.currentTaskIsKnown = async () => {
  let wrong = 0
  const tasks = Array.from({ length: 10 }, () => new Task(async (task) => {
    for (let i = 0; i < 20; i++) {
      await sleep(i % 2 === 0 ? 0 : 0.001)
      if (currentTask() !== task) wrong++
      await (async () => { await null; await sleep(0) })()
      if (currentTask() !== task) wrong++
      await wrap(fetch('/'))
      if (currentTask() !== task) wrong++
    }
  }))
  for (const task of tasks) await task
  return wrong
}

globalThis.unawaitedCancel = async () => {
  const rejected = []
  addEventListener('unhandledrejection', (event) => rejected.push(event.reason.message))
  const get = async (name) => { await sleep(60) }
  const task = new Task(async () => {
    const a = get('a'), b = get('b')
    await a
    await b
  })
  await sleep(0.01)
  task.cancel('cancelled')
  await task.catch(() => undefined)
  void Promise.reject(new Error('mine'))
  await sleep(0.05)
  return rejected
}

globalThis.foreignPromise = async () => {
  await new Task(async () => {
    await fetch('/')
    await sleep(0.001)
    await fetch('/')
    await sleep(0.001)
  })
}
`

if (executablePath === undefined) console.warn('No Chromium was found: the tests in a browser are skipped.')

describe.skipIf(executablePath === undefined)('in Chromium', { timeout: 60_000 }, () => {
  let server: Server
  let browser: Browser
  let page: Page
  const said: string[] = []

  beforeAll(async () => {
    const resolveDir = fileURLToPath(new URL('../../src', import.meta.url))
    const stdin = { contents: PROGRAM, resolveDir, loader: 'js' as const }
    const { outputFiles } = await build({ stdin, bundle: true, format: 'iife', target: 'es2022', write: false })
    const script = outputFiles[0]!.text
    server = createServer((request, response) => {
      response.setHeader('content-type', request.url === '/program.js' ? 'text/javascript' : 'text/html')
      response.end(request.url === '/program.js' ? script : '<!doctype html><script src="/program.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    browser = await chromium.launch({ executablePath: executablePath!, args: LAUNCH_ARGS, timeout: 30_000 })
    page = await browser.newPage()
    page.on('console', (message: ConsoleMessage) => said.push(message.text()))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  const call = (name: string): Promise<unknown> => page.evaluate(`${name}()`)

  test('a cancel reaches an async function, through the calls it awaits', async () => {
    expect(await call('cancelReaches')).toEqual(['cleaned', 'CancelledError', 'cleaned', 'CancelledError'])
  })

  test('the current task is known between awaits, however tasks interleave', async () => {
    expect(await call('currentTaskIsKnown')).toBe(0)
  })

  test('a cancel in a call that nobody awaits is no unhandled rejection, and an error of the program is', async () => {
    expect(await call('unawaitedCancel')).toEqual(['mine'])
  })

  test('what cannot be followed is said once', async () => {
    await call('foreignPromise')
    expect(said.filter((text) => text.includes('cannot follow'))).toHaveLength(1)
  })
})
