import { noFloatingCoroutine } from '../../src/rules/no-floating-coroutine.ts'
import { testRule } from './tester.ts'

testRule(noFloatingCoroutine, {
  valid: [
    'sleep(1)',
    `import { sleep } from './mine'
sleep(1)`,
    `import { createTask, gather, sleep } from 'asyncio-ts'
createTask(sleep(1)); gather(sleep(1))`,
    `import { sleep } from 'asyncio-ts'
export const pause = sleep(1)`,
  ],
  invalid: [
    {
      name: 'waits in an async function',
      code: `import { sleep } from 'asyncio-ts'
async function f() { void sleep(1) }`,
      errors: [
        {
          messageId: 'floating',
          data: { remedy: 'Write `await` before it.', name: '' },
          suggestions: [
            {
              messageId: 'wait',
              data: { word: 'await' },
              output: `import { sleep } from 'asyncio-ts'
async function f() { await sleep(1) }`,
            },
          ],
        },
      ],
    },
    {
      name: 'waits in a generator',
      code: `import { coroutine, Queue } from 'asyncio-ts'
const queue = new Queue()
coroutine(function* () { queue.join(); if (!queue.get()) return })`,
      errors: [
        {
          messageId: 'floating',
          suggestions: [
            {
              messageId: 'wait',
              data: { word: 'yield*' },
              output: `import { coroutine, Queue } from 'asyncio-ts'
const queue = new Queue()
coroutine(function* () { yield* queue.join(); if (!queue.get()) return })`,
            },
          ],
        },
        {
          messageId: 'condition',
          suggestions: [
            {
              messageId: 'wait',
              data: { word: 'yield*' },
              output: `import { coroutine, Queue } from 'asyncio-ts'
const queue = new Queue()
coroutine(function* () { queue.join(); if (!(yield* queue.get())) return })`,
            },
          ],
        },
      ],
    },
    {
      name: 'has no word for a plain function',
      code: `import { sleep } from 'asyncio-ts'
function f() { const pause = sleep(1); setTimeout(() => sleep(1), 10) }`,
      errors: [
        { messageId: 'unused', data: { name: 'pause', remedy: 'Run it with createTask().' } },
        { messageId: 'callback' },
      ],
    },
  ],
})
