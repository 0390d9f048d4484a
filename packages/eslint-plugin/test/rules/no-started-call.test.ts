import { noStartedCall } from '../../src/rules/no-started-call.ts'
import { compiled, testRule } from './tester.ts'

const work = 'async function work(n) {}'

testRule(noStartedCall, {
  valid: [
    `import { createTask } from 'asyncio-ts'
${work}
createTask(() => work(1)); createTask(work)`,
    `import { gather } from 'asyncio-ts'
gather(fetch('a'), fetch('b'))`,
    `import { createTask } from './mine'
${work}
createTask(work(1))`,
    {
      name: 'a call of a compiled async function is a task of its own',
      code: `import { createTask, gather, waitFor } from 'asyncio-ts'
${work}
createTask(work(1)); gather([work(1)]); gather([1].map((n) => work(n))); waitFor(work(1), 1)`,
      settings: compiled,
    },
  ],
  invalid: [
    {
      name: 'is fixed where it would throw, and does the same later',
      code: `import { createTask } from 'asyncio-ts'
${work}
createTask(work(1))`,
      output: `import { createTask } from 'asyncio-ts'
${work}
createTask(() => work(1))`,
      errors: [{ messageId: 'refused' }],
    },
    {
      name: 'is suggested where its arguments may change',
      code: `import { createTask } from 'asyncio-ts'
${work}
let n = 1
createTask(work(n))
n = 2`,
      errors: [
        {
          messageId: 'refused',
          suggestions: [
            {
              messageId: 'pass',
              output: `import { createTask } from 'asyncio-ts'
${work}
let n = 1
createTask(() => work(n))
n = 2`,
            },
          ],
        },
      ],
    },
    {
      name: 'has no fix where an argument waits',
      code: `import { createTask, sleep } from 'asyncio-ts'
${work}
async function f() { createTask(work(await sleep(1, 2))) }`,
      errors: [{ messageId: 'refused' }],
    },
    {
      name: 'passes the function of a call in place',
      code: `import { createTask } from 'asyncio-ts'
createTask((async () => {})())`,
      output: `import { createTask } from 'asyncio-ts'
createTask(async () => {})`,
      errors: [{ messageId: 'refused' }],
    },
    {
      name: 'makes a task of it for wait, which takes nothing else',
      code: `import { wait } from 'asyncio-ts'
${work}
wait([work(1)])`,
      errors: [
        {
          messageId: 'started',
          suggestions: [
            {
              messageId: 'pass',
              output: `import { wait, createTask } from 'asyncio-ts'
${work}
wait([createTask(() => work(1))])`,
            },
          ],
        },
      ],
    },
    {
      name: 'a foreign promise is refused in a compiled program, too',
      code: `import { createTask } from 'asyncio-ts'
createTask(fetch('x'))`,
      settings: compiled,
      output: `import { createTask } from 'asyncio-ts'
createTask(() => fetch('x'))`,
      errors: [{ messageId: 'refused' }],
    },
    {
      name: 'a body is a function',
      code: `import { timeout, sleep } from 'asyncio-ts'
timeout(1, sleep(2))`,
      output: `import { timeout, sleep } from 'asyncio-ts'
timeout(1, () => sleep(2))`,
      errors: [{ messageId: 'body', data: { name: 'timeout', call: 'sleep(…)' } }],
    },
  ],
})
