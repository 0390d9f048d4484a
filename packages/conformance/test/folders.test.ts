import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../cases', import.meta.url))
const ids = readdirSync(root).flatMap((module) => readdirSync(join(root, module)).map((name) => `${module}/${name}`))
const optional = ['known-failure.txt', 'trace.async.txt']

describe('cases', () => {
  it.each(ids)('%s is whole, says what must hold, and shows nothing of where it was recorded', (id) => {
    const files = readdirSync(join(root, id)).filter((file) => !optional.includes(file))
    expect(files.sort()).toEqual(['case.py', 'case.ts', 'trace.txt'])
    expect(readFileSync(join(root, id, 'case.py'), 'utf8')).toMatch(/^# \w.*[^ ]\.\n/)
    const trace = readFileSync(join(root, id, 'trace.txt'), 'utf8')
    expect(trace).toMatch(/^(\d+\.\d{3} .*\n)+$/)
    expect(trace).not.toMatch(/0x[0-9a-f]+|\/lib\/python|object at/)
  })

  it('says why where something is known to fail', () => {
    const reasons = ids.map((id) => join(root, id, 'known-failure.txt')).filter((file) => existsSync(file))
    for (const reason of reasons) expect(readFileSync(reason, 'utf8')).toMatch(/^.{20,}/)
  })
})
