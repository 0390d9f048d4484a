import { expect, test } from 'vitest'
import * as testing from '../src/index.ts'

test('testing exports these names, and no others', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'ClockHold',
    'Deadlock',
    'LeakError',
    'Livelock',
    'ScheduleFailure',
    'VirtualClock',
    'VirtualLoop',
    'advance',
    'always',
    'choose',
    'describeEventLoop',
    'explore',
    'memoryConnection',
    'memoryServer',
    'now',
    'replay',
    'runSeeded',
    'runVirtual',
    'virtual',
  ])
})
