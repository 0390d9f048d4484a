import { noAwaitWhileHolding } from '../../src/rules/no-await-while-holding.ts'
import { releaseInFinally } from '../../src/rules/release-in-finally.ts'
import { testRule } from './tester.ts'

const lock = `import { Lock, sleep } from 'asyncio-ts'
const lock = new Lock()
`

testRule(noAwaitWhileHolding, {
  valid: [
    `${lock}async function f() { await lock.acquire(); console.log(1); lock.release() }`,
    `${lock}async function f() { await lock.acquire(); lock.release(); await sleep(1) }`,
  ],
  invalid: [
    {
      name: 'reports the first wait',
      code: `${lock}async function f() { await lock.acquire(); await sleep(1); await sleep(2); lock.release() }`,
      errors: [{ messageId: 'holding', data: { lock: 'lock' }, column: 44 }],
    },
    {
      name: 'reports a wait between the acquire and the try statement',
      code: `${lock}async function f() { await lock.acquire(); await sleep(1); try { } finally { lock.release() } }`,
      errors: [{ messageId: 'holding' }],
    },
  ],
})

testRule(releaseInFinally, {
  valid: [`${lock}let n = 0; async function f() { await lock.acquire(); n += 1; lock.release() }`],
  invalid: [
    {
      code: `${lock}async function f() { await lock.acquire(); console.log(1) }`,
      errors: [
        {
          messageId: 'never',
          data: { lock: 'lock' },
          suggestions: [
            {
              messageId: 'using',
              output: `${lock}async function f() { using _ = await lock.acquire(); console.log(1) }`,
            },
          ],
        },
      ],
    },
    {
      code: `${lock}async function f() { const guard = await lock.acquire(); console.log(1) }`,
      errors: [
        {
          messageId: 'never',
          suggestions: [
            {
              messageId: 'using',
              output: `${lock}async function f() { using guard = await lock.acquire(); console.log(1) }`,
            },
          ],
        },
      ],
    },
    {
      code: `${lock}async function f() { await lock.acquire(); console.log(1); lock.release() }`,
      errors: [{ messageId: 'outside', data: { lock: 'lock' } }],
    },
    {
      code: `${lock}async function f() { try { await lock.acquire() } finally { lock.release() } }`,
      errors: [{ messageId: 'inside' }],
    },
  ],
})
