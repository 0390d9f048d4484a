import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bundle } from './bundle.ts'

async function printed(text: string): Promise<string[]> {
  const program = fileURLToPath(await bundle({ text }))
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 20_000 })
  return stdout.split('\n').slice(0, -1)
}

const print = `(name: string) => { for (let i = 0; i < 1000; i++) console.log(name, i) }`
const imports = `
  import { run } from '@asyncio-ts/loop'
  import { ThreadPoolExecutor, toThread } from '@asyncio-ts/executors'
  const print = ${print}
`
const lines = (name: string): string[] => Array.from({ length: 1000 }, (_, index) => `${name} ${index}`)

describe('what a thread prints', () => {
  it('is all there when run() has ended, before what is printed after the call', async () => {
    const text = `${imports} await run(async () => { await toThread(print, 'a'); console.log('after') })`
    expect(await printed(text)).toEqual([...lines('a'), 'after'])
  })

  it('is all there when the program just ends', async () => {
    expect(await printed(`${imports} await toThread(print, 'a'); process.exit()`)).toEqual(lines('a'))
  })

  it('is all there after a shutdown, though the function left something running', async () => {
    const text = `${imports}
      const executor = new ThreadPoolExecutor({ maxWorkers: 1 })
      executor.submit((name: string) => {
        setInterval(() => undefined, 1000)
        setImmediate(() => { for (let i = 0; i < 1000; i++) console.log(name, i) })
      }, 'late')
      await executor.submit(() => new Promise((resolve) => setImmediate(resolve)))
      const begin = performance.now()
      await executor.shutdown()
      if (performance.now() - begin > 1500) console.log('It took too long.')`
    expect(await printed(text)).toEqual(lines('late'))
  })

  it('keeps no call waiting where the thread has closed its own output', async () => {
    const text = `${imports}
      await toThread(() => { console.log('last'); process.stdout.destroy() })
      console.log(await toThread(() => 'next'))`
    expect(await printed(text)).toContain('next')
  })
})
