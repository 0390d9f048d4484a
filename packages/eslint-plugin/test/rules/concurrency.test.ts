import { noCheckThenAct } from '../../src/rules/no-check-then-act.ts'
import { noPromiseRaceTimeout } from '../../src/rules/no-promise-race-timeout.ts'
import { preferTaskGroup } from '../../src/rules/prefer-task-group.ts'
import { testRule } from './tester.ts'

testRule(noCheckThenAct, {
  valid: [
    'let n = 0; async function f() { if (n < 2) { await 0; n++ } }',
    `import { sleep } from 'asyncio-ts'
let n = 0
function f() { if (n < 2) n++ }`,
  ],
  invalid: [
    {
      name: 'reports the act',
      code: `import { sleep } from 'asyncio-ts'
let n = 0
async function f() { if (n < 2) { await sleep(1); n++ } else { await sleep(1); n = 0 } }`,
      errors: [{ messageId: 'act', data: { path: 'n' }, column: 51 }],
    },
    {
      code: `import { sleep } from 'asyncio-ts'
class A { #n = 0; async f() { this.#n += await sleep(1, 2) } }`,
      errors: [{ messageId: 'update', data: { path: 'this.#n' } }],
    },
  ],
})

testRule(noPromiseRaceTimeout, {
  valid: ['Promise.race([f(), new Promise((r) => setTimeout(r, 1))])'],
  invalid: [
    {
      code: `import { sleep } from 'asyncio-ts'
Promise.race([fetch('x'), sleep(1)])`,
      errors: [{ messageId: 'race' }],
    },
  ],
})

testRule(preferTaskGroup, {
  valid: [
    `import { sleep } from 'asyncio-ts'
Promise.all([sleep(1), sleep(2)])`,
  ],
  invalid: [
    {
      code: `import { run, sleep } from 'asyncio-ts'
run(() => Promise.all([sleep(1), sleep(2)]))`,
      errors: [{ messageId: 'all' }],
    },
    {
      code: `import { run, sleep } from 'asyncio-ts'
run(() => Promise.allSettled([sleep(1), sleep(2)]))`,
      errors: [{ messageId: 'allSettled' }],
    },
  ],
})
