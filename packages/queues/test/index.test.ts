import { expect, it } from 'vitest'
import * as queues from '../src/index.ts'

it('exports what asyncio.queues does', () => {
  expect(Object.keys(queues).sort()).toEqual([
    'LifoQueue',
    'PriorityQueue',
    'Queue',
    'QueueEmpty',
    'QueueFull',
    'QueueShutDown',
  ])
})
