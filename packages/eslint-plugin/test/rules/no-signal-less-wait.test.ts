import { noSignalLessWait } from '../../src/rules/no-signal-less-wait.ts'
import { compiled, testRule } from './tester.ts'

testRule(noSignalLessWait, {
  valid: [
    `import { timeout } from 'asyncio-ts'
timeout(1, ({ signal }) => fetch('x', { signal }))`,
    `import { timeout } from 'asyncio-ts'
timeout(1, async () => { await fetch('x') }, { abandon: true })`,
    `import { run } from 'asyncio-ts'
run(async () => { await fetch('x') })`,
    {
      code: `import { timeout } from 'asyncio-ts'
timeout(1, async () => { await fetch('x') })`,
      settings: compiled,
    },
  ],
  invalid: [
    {
      code: `import { timeout } from 'asyncio-ts'
timeout(1, () => fetch('x'))`,
      errors: [
        {
          messageId: 'signal',
          data: { name: 'timeout' },
          suggestions: [
            {
              messageId: 'wrapIt',
              output: `import { timeout, wrapFuture } from 'asyncio-ts'
timeout(1, () => wrapFuture(fetch('x')))`,
            },
          ],
        },
      ],
    },
    {
      name: 'reports a wait once, though two limits run it',
      code: `import * as asyncio from 'asyncio-ts'
async function load() { await new Promise(() => {}) }
asyncio.waitFor(load, 1); asyncio.waitFor(load, 2)`,
      errors: [
        {
          messageId: 'wrap',
          suggestions: [
            {
              messageId: 'wrapIt',
              output: `import * as asyncio from 'asyncio-ts'
async function load() { await asyncio.wrapFuture(new Promise(() => {})) }
asyncio.waitFor(load, 1); asyncio.waitFor(load, 2)`,
            },
          ],
        },
      ],
    },
  ],
})
