import { noAwaitInGenerator } from '../../src/rules/no-await-in-generator.ts'
import { testRule } from './tester.ts'

testRule(noAwaitInGenerator, {
  valid: [
    `import { coroutine, wrapFuture } from 'asyncio-ts'
coroutine(function* () { yield* wrapFuture(fetch('x')) })`,
    `import { asyncgen } from 'asyncio-ts'
asyncgen(async function* () { yield 1 })`,
    `import { sleep } from 'asyncio-ts'
function* urls() { yield fetch('a'); yield fetch('b') }`,
  ],
  invalid: [
    {
      code: `import { coroutine } from '@asyncio-ts/core'
import { sleep } from '@asyncio-ts/tasks'
coroutine(function* () { return yield fetch('x') })`,
      errors: [
        {
          messageId: 'promise',
          suggestions: [
            {
              messageId: 'wrap',
              output: `import { coroutine } from '@asyncio-ts/core'
import { sleep, wrapFuture } from '@asyncio-ts/tasks'
coroutine(function* () { return yield* wrapFuture(fetch('x')) })`,
            },
          ],
        },
      ],
    },
    {
      code: `import { createTask } from 'asyncio-ts'
createTask(async function* () { await fetch('x') })`,
      errors: [{ messageId: 'asyncGenerator' }],
    },
  ],
})
