import { requireYieldStar } from '../../src/rules/require-yield-star.ts'
import { testRule } from './tester.ts'

testRule(requireYieldStar, {
  valid: [
    `import { coroutine } from 'asyncio-ts'
coroutine(function* () { yield; yield* other() })`,
    `import { createTask, sleep } from 'asyncio-ts'
function* tasks(): Iterable<unknown> { yield createTask(sleep(1)) }`,
    'function* f() { yield sleep(1) }',
  ],
  invalid: [
    {
      code: `import { coroutine, sleep } from 'asyncio-ts'
coroutine(function* () { const x = yield sleep(1, 'x'); yield  sleep(2) })`,
      output: `import { coroutine, sleep } from 'asyncio-ts'
coroutine(function* () { const x = yield* sleep(1, 'x'); yield*  sleep(2) })`,
      errors: [{ messageId: 'star' }, { messageId: 'star' }],
    },
  ],
})
