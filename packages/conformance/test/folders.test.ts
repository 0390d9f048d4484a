import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../cases', import.meta.url))
const ids = readdirSync(root).flatMap((module) => readdirSync(join(root, module)).map((name) => `${module}/${name}`))

describe('cases', () => {
  it.each(ids)('%s is whole, says what must hold, and shows nothing of where it was recorded', (id) => {
    expect(readdirSync(join(root, id))).toEqual(expect.arrayContaining(['case.py', 'case.ts', 'trace.txt']))
    expect(readFileSync(join(root, id, 'case.py'), 'utf8')).toMatch(/^# \w.*[^ ]\.\n/)
    const trace = readFileSync(join(root, id, 'trace.txt'), 'utf8')
    expect(trace).toMatch(/^(\d+\.\d{3} .*\n)+$/)
    expect(trace).not.toMatch(/0x[0-9a-f]+|\/lib\/python|object at/)
  })

  it('says what differs where CPython is known to be wrong', () => {
    const files = ids.map((id) => join(root, id, 'trace.difference.txt')).filter((file) => existsSync(file))
    for (const file of files) expect(readFileSync(file, 'utf8')).toMatch(/^# .{20,}: CPython .*\.\n/)
  })

  it('says why where something is known to fail', () => {
    const reasons = ids.map((id) => join(root, id, 'known-failure.txt')).filter((file) => existsSync(file))
    for (const reason of reasons) expect(readFileSync(reason, 'utf8')).toMatch(/^.{20,}/)
  })
})
