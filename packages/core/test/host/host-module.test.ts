import { describe, expect, it, onTestFinished } from 'vitest'
import { NotImplementedError } from '../../src/index.ts'
import { hostModule } from '../../src/host/host-module.ts'

describe('hostModule', () => {
  it('returns what the host has', () => {
    expect(hostModule('node:path')).toHaveProperty('basename')
  })

  it('says what is needed where the host has no such module', () => {
    expect(() => hostModule('node:no-such-module')).toThrow(NotImplementedError)
    const { getBuiltinModule } = process
    onTestFinished(() => {
      process.getBuiltinModule = getBuiltinModule
    })
    Reflect.set(process, 'getBuiltinModule', undefined)
    expect(() => hostModule('node:path')).toThrow('This host has no node:path. Use Node.js, Bun or Deno.')
  })
})
