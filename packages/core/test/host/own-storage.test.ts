import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const source = (path: string): string => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)

/** In a process of its own: this one has used an AsyncLocalStorage before any test begins. */
const program = `
  import { AsyncLocalStorage } from 'node:async_hooks'
  import { enterFlow } from ${source('host/async-function-task.ts')}
  import { captureScope, stores } from ${source('host/user-stores.ts')}
  import { watchStores } from ${source('compiled/stores.ts')}

  watchStores()
  const seen = []
  enterFlow({ _state: 0 }, () => {
    captureScope()
    seen.push(stores.inUse)
  })
  new AsyncLocalStorage().run('store', () => seen.push(stores.inUse))
  console.log(seen.join())
`

it('the storages of the library do not count as the program’s, and those of the program do', () => {
  const flags = ['--conditions=@asyncio-ts/source', '--import', 'tsx', '--input-type=module', '--eval', program]
  const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8', timeout: 20_000 })
  expect({ stdout, stderr }).toEqual({ stdout: 'false,true\n', stderr: '' })
})
