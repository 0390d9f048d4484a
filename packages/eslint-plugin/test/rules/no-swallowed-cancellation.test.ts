import { noSwallowedCancellation } from '../../src/rules/no-swallowed-cancellation.ts'
import { compiled, testRule } from './tester.ts'

testRule(noSwallowedCancellation, {
  valid: [
    'async function f() { try { await fetch("x") } catch {} }',
    `import { sleep, rethrowIfCancelled } from 'asyncio-ts'
async function f() { try { await sleep(1) } catch (error) { rethrowIfCancelled(error) } }`,
    `import { run } from 'asyncio-ts'
run(async () => { try { await fetch('x') } catch {} })`,
    `import { createTask, sleep } from 'asyncio-ts'
const task = createTask(sleep(1))
task.catch(() => undefined)`,
  ],
  invalid: [
    {
      name: 'rethrows first, with the import that takes',
      code: `import { sleep } from 'asyncio-ts'
async function f() { try { await sleep(1) } catch (e) { console.log(e) } }`,
      errors: [
        {
          messageId: 'swallowed',
          suggestions: [
            {
              messageId: 'rethrow',
              output: `import { sleep, rethrowIfCancelled } from 'asyncio-ts'
async function f() { try { await sleep(1) } catch (e) { rethrowIfCancelled(e); console.log(e) } }`,
            },
          ],
        },
      ],
    },
    {
      name: 'names the error of a catch that has none',
      code: `import * as asyncio from 'asyncio-ts'
async function f() { try { await asyncio.sleep(1) } catch { } }`,
      errors: [
        {
          messageId: 'swallowed',
          suggestions: [
            {
              messageId: 'rethrow',
              output: `import * as asyncio from 'asyncio-ts'
async function f() { try { await asyncio.sleep(1) } catch (error) { asyncio.rethrowIfCancelled(error); } }`,
            },
          ],
        },
      ],
    },
    {
      name: 'imports from the package of the name',
      code: `import { sleep } from '@asyncio-ts/tasks';
async function f() { try { await sleep(1) } catch (e) { return null } }`,
      errors: [
        {
          messageId: 'swallowed',
          suggestions: [
            {
              messageId: 'rethrow',
              output: `import { rethrowIfCancelled } from '@asyncio-ts/core';
import { sleep } from '@asyncio-ts/tasks';
async function f() { try { await sleep(1) } catch (e) { rethrowIfCancelled(e); return null } }`,
            },
          ],
        },
      ],
    },
    {
      name: 'sees every await as a wait in a compiled program',
      code: `import { run } from 'asyncio-ts'
run(async () => { try { await fetch('x') } catch ({ message }) { console.log(message) } })`,
      settings: compiled,
      errors: [{ messageId: 'swallowed' }],
    },
    {
      name: 'reports each exit of a finally block',
      code: `import { sleep } from 'asyncio-ts'
async function f() { outer: for (;;) { try { await sleep(1) } finally { for (;;) { if (1) continue outer; else return } } } }`,
      errors: [
        { messageId: 'exit', data: { word: 'continue' } },
        { messageId: 'exit', data: { word: 'return' } },
      ],
    },
    {
      name: 'reports a callback',
      code: `import { sleep } from 'asyncio-ts'
const swallow = () => undefined
async function f() { await sleep(1).catch(swallow) }`,
      errors: [{ messageId: 'callback' }],
    },
  ],
})
