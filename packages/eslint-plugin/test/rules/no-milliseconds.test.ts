import { noMilliseconds } from '../../src/rules/no-milliseconds.ts'
import { testRule } from './tester.ts'

testRule(noMilliseconds, {
  valid: [
    'sleep(1000)',
    `import { sleep } from 'asyncio-ts'
sleep(0.05); sleep(49); sleep(60); sleep(3600); sleep(86_400); sleep(Infinity); sleep(...delays)`,
    `import { sleep } from 'asyncio-ts'
sleep(timeoutMs / 1000); sleep(5 * 60); sleep(0, 5000)`,
    { code: `import { sleep } from 'asyncio-ts'\nsleep(100)`, options: [{ limit: 1000 }] },
  ],
  invalid: [
    {
      code: `import { sleep } from 'asyncio-ts'
sleep(1500)`,
      errors: [
        {
          messageId: 'milliseconds',
          data: { value: '1500', span: '25 minutes' },
          suggestions: [{ messageId: 'divide', output: `import { sleep } from 'asyncio-ts'\nsleep(1500 / 1000)` }],
        },
      ],
    },
    {
      code: `import { Lock } from 'asyncio-ts'
const lock = new Lock()
lock.acquire({ timeout: 60 * 1000 })`,
      errors: [
        {
          messageId: 'milliseconds',
          data: { value: '60 * 1000', span: '17 hours' },
          suggestions: [
            {
              messageId: 'divide',
              output: `import { Lock } from 'asyncio-ts'
const lock = new Lock()
lock.acquire({ timeout: 60 * 1000 / 1000 })`,
            },
          ],
        },
      ],
    },
    {
      code: `import { timeout } from 'asyncio-ts'
timeout(options.limitMs, body)`,
      errors: [
        {
          messageId: 'named',
          data: { name: 'options.limitMs' },
          suggestions: [
            {
              messageId: 'divide',
              output: `import { timeout } from 'asyncio-ts'\ntimeout(options.limitMs / 1000, body)`,
            },
          ],
        },
      ],
    },
    {
      code: `import { sleep } from 'asyncio-ts'
sleep(20)`,
      options: [{ limit: 10 }],
      errors: [
        {
          messageId: 'milliseconds',
          suggestions: [{ messageId: 'divide', output: `import { sleep } from 'asyncio-ts'\nsleep(20 / 1000)` }],
        },
      ],
    },
  ],
})
