import { expect, test } from 'vitest'
import { ConnectionResetError, Future, getRunningLoop } from '@asyncio-ts/core'
import { run } from '@asyncio-ts/loop'
import { StreamReader } from '../src/index.ts'

test('a reader that was woken too early hears of a connection that was lost before it went on', () =>
  run(async () => {
    const reader = new StreamReader()
    const reading = getRunningLoop().createTask(() => reader.readuntil())
    const turn = new Future<void>()
    getRunningLoop().callSoon(() => {
      reader.feedData('no end of line')
      // Before the turn in which the reader would have waited again.
      reader.setException(new ConnectionResetError('lost'))
      turn.setResult()
    })
    await turn
    await expect(reading).rejects.toThrow(ConnectionResetError)
    expect(reader.exception()).toBeInstanceOf(ConnectionResetError)
  }))
