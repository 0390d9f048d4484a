import { describe, expect, it } from 'vitest'
import { SystemExit } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'
import { runProgram } from '../program.ts'

const imports = `import { createTask, getRunningLoop, run, sleep, SystemExit, taskGroup } from 'asyncio-ts'
  const clean = async () => {
    try {
      await sleep(60)
    } finally {
      await sleep(0.001)
      console.log('cleaned up')
    }
  }`

describe('SystemExit', () => {
  it.each([
    ['main', `await run(async () => { createTask(clean); await sleep(0.001); throw new SystemExit(3) })`],
    [
      'a task',
      `await run(async () => { createTask(async () => { await sleep(0.001); throw new SystemExit(3) }); await clean() })`,
    ],
    [
      'a callback',
      `await run(async () => { getRunningLoop().callLater(0.001, () => { throw new SystemExit(3) }); await clean() })`,
    ],
    ['a generator', `await run(function* () { createTask(clean); yield* sleep(0.001); throw new SystemExit(3) })`],
    [
      'a program that does not await run',
      `void run(async () => { createTask(clean); await sleep(0.001); throw new SystemExit(3) })`,
    ],
  ])('of %s ends the process with its code after every finally', async (_name, statement) => {
    const { code, stdout, stderr } = await runProgram(`${imports}\n${statement}`)
    expect([code, stdout, stderr]).toEqual([3, 'cleaned up\n', ''])
  })

  it('is an error like any other to who catches it', async () => {
    const error = await run(async () => {
      throw new SystemExit(4)
    }).catch((error: unknown) => error)
    expect([error instanceof SystemExit, (error as SystemExit).exitCode, (error as SystemExit).name]).toEqual([
      true,
      4,
      'SystemExit',
    ])
  })

  it('takes an exit code', () => {
    expect(new SystemExit().exitCode).toBe(0)
    for (const wrong of [-1, 256, 1.5, NaN]) expect(() => new SystemExit(wrong)).toThrow(/whole number from 0 to 255/)
  })
})
