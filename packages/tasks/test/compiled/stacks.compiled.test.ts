import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { CancelledError, currentTask } from '@asyncio-ts/core'
import { createTask, sleep, timeout } from '@asyncio-ts/tasks'
import { runManually } from '../../../../test-support/manual-loop.ts'

const file = fileURLToPath(import.meta.url)
const source = readFileSync(file, 'utf8').split('\n')
/** The line that ends with a mark, as the functions below have them. */
const lineOf = (mark: string): number => source.findIndex((line) => line.endsWith(`// ${mark}`)) + 1

async function innermost(): Promise<void> {
  await sleep(1) // innermost
  throw new Error('thrown')
}

async function middle(): Promise<void> {
  await innermost() // middle
}

async function rethrowing(): Promise<void> {
  try {
    await middle() // rethrowing
  } catch (error) {
    await sleep(0)
    throw error
  }
}

const callersIn = (error: unknown): string[] =>
  (error as Error)
    .stack!.split('\n')
    .filter((line) => line.includes('at async') && line.includes(file))
    .map((line) => line.trim().replace(/^at async (\S+) \(.*:(\d+):\d+\)$/, '$1 $2'))

async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise // failureOf
  } catch (error) {
    return error
  }
}

describe('the stack of an error', () => {
  it('has the callers that awaited, each with the line of its await, once', async () => {
    const error = await runManually(async () => {
      try {
        await rethrowing() // main
      } catch (caught) {
        return caught
      }
    })
    const callers = callersIn(error)
    expect(callers.slice(0, 2)).toEqual([`middle ${lineOf('middle')}`, `rethrowing ${lineOf('rethrowing')}`])
    expect(callers.filter((line) => line.startsWith('middle')).length).toBe(1)
    expect(callers.at(-1)).toMatch(new RegExp(`:${lineOf('main')}:\\d+$`))
  })

  it('goes through tasks and time limits', async () => {
    const error = await runManually(async () => {
      const task = createTask(async () => await timeout(5, async () => await middle()))
      return await failureOf(task)
    })
    const callers = callersIn(error)
    expect(callers[0]).toBe(`middle ${lineOf('middle')}`)
    expect(callers.at(-1)).toBe(`failureOf ${lineOf('failureOf')}`)
    expect(callers.length).toBe(4)
  })

  it('of a cancel is left alone', async () => {
    const error = await runManually(async () => {
      const task = createTask(middle)
      await sleep(0)
      task.cancel()
      return await failureOf(task)
    })
    expect(error).toBeInstanceOf(CancelledError)
    expect(callersIn(error)).toEqual([])
  })
})

describe('getStack', () => {
  it('gives the functions that a task is in the middle of, and where they wait', async () => {
    const frames = await runManually(async () => {
      const task = createTask(rethrowing)
      await sleep(0)
      const stack = task.getStack()
      await failureOf(task)
      expect(task.getStack()).toEqual([])
      return stack
    })
    const names = ['rethrowing', 'middle', 'innermost']
    expect(frames.slice(0, 3).map(({ name, line }) => [name, line])).toEqual(names.map((name) => [name, lineOf(name)]))
    expect(frames[0]!.file).toBe(file)
  })

  it('sees through a time limit, and takes a limit', async () => {
    await runManually(async () => {
      const task = createTask(async () => await timeout(5, middle))
      await sleep(0)
      expect(
        task
          .getStack()
          .map(({ name }) => name)
          .slice(1, 3),
      ).toEqual(['middle', 'innermost'])
      expect(task.getStack({ limit: 1 }).length).toBe(1)
      await failureOf(task)
    })
  })

  it('gives the name of a generator', async () => {
    await runManually(async () => {
      const task = createTask(sleep(1))
      await sleep(0)
      expect(task.getStack()).toEqual([{ name: expect.any(String) as string, file: null, line: null, column: null }])
      expect(currentTask()!.getStack().length).toBeGreaterThan(0)
      await task
    })
  })
})

describe('printStack', () => {
  it('prints as Python does', async () => {
    let text = ''
    const to = { write: (more: string) => void (text += more) }
    await runManually(async () => {
      const task = createTask(middle, { name: 'mine' })
      await sleep(0)
      task.printStack({ file: to, limit: 2 })
      await failureOf(task)
      task.printStack({ file: to })
    })
    const lines = text.split('\n')
    expect(lines[0]).toMatch(/^Stack for <Task pending name='mine'.*> \(most recent call last\):$/)
    expect(text).toContain(`  File "${file}", line ${lineOf('innermost')}, in innermost`)
    expect(text).toMatch(/Traceback for <Task finished name='mine'.*\nError: thrown/)
  })
})
