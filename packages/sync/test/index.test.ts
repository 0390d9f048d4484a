import { expect, it } from 'vitest'
import * as sync from '../src/index.ts'

it('exports what asyncio.locks does', () => {
  expect(Object.keys(sync).sort()).toEqual([
    'Barrier',
    'BoundedSemaphore',
    'BrokenBarrierError',
    'Condition',
    'Event',
    'Lock',
    'Semaphore',
  ])
})
