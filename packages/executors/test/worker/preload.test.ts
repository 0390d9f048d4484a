import { expect, it } from 'vitest'
import { preload } from '../../src/worker/preload.ts'

const noting = (what: string): string =>
  `data:text/javascript,${encodeURIComponent(`(globalThis.preloaded ??= []).push('${what}')`)}`

it('imports what --import names, in order, in both of its forms', async () => {
  const shared = globalThis as { preloaded?: string[] }
  await preload(['--no-warnings', '--import', noting('a'), `--import=${noting('b')}`, '--import'])
  expect(shared.preloaded).toEqual(['a', 'b'])
  delete shared.preloaded
})

it('fails where a module is not found', async () => {
  await expect(preload(['--import', 'file:///no/such/module.mjs'])).rejects.toThrow(
    /Cannot find|does not exist|Failed to load/,
  )
})
