import { expect, test } from 'vitest'
import { getRunningLoop, Task } from '@asyncio-ts/core'

test('a cancel that waits for a foreign promise for more than a second is said once, with what to do', async () => {
  const warned: Error[] = []
  const note = (warning: Error): void => void warned.push(warning)
  process.on('warning', note)
  const settle: (() => void)[] = []
  const stuck = async (): Promise<void> => new Promise((resolve) => settle.push(resolve))
  const tasks = [new Task(stuck, { name: 'first' }), new Task(stuck, { name: 'second' })]
  const quick = new Task(async () => undefined, { name: 'quick' })
  quick.cancel()
  const first = new Promise<Error>((resolve) => process.once('warning', resolve))
  getRunningLoop().callSoon(() => tasks.forEach((task) => task.cancel()))
  expect(await first).toMatchObject({
    name: 'AsyncioWarning',
    code: 'ASYNCIO_UNDELIVERED_CANCEL',
    message: expect.stringMatching(/^Task 'first', which runs stuck\(\), .* Pass the signal on/) as string,
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(warned).toHaveLength(1)
  process.off('warning', note)
  for (const each of settle) each()
  await Promise.allSettled(tasks)
})
