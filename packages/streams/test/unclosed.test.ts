import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const program = `
import { run, sleep, startServer, openConnection } from 'asyncio-ts'
await run(async () => {
  let ended = false
  const server = await startServer(async (reader, writer) => {
    await reader.read()
    ended = true
    writer.close()
  }, '127.0.0.1', 0)
  await (async () => void (await openConnection('127.0.0.1', server.sockets[0].getsockname()[1])))()
  for (let i = 0; i < 100 && !ended; i++) {
    gc()
    await sleep(0.01)
  }
  server.close()
  console.log(ended ? 'ended' : 'open')
})`

it('a writer that is dropped is closed, with a warning', async () => {
  const args = [
    '--expose-gc',
    '--conditions=@asyncio-ts/source',
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    program,
  ]
  const cwd = fileURLToPath(new URL('../../asyncio-ts', import.meta.url))
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd, timeout: 25_000 })
  expect(stdout).toBe('ended\n')
  expect(stderr).toMatch(/unclosed StreamWriter of 127\.0\.0\.1,\d+: it is closed now\./)
})
