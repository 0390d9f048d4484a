/** Runs the examples one after the other, in both spellings. `npm start` comes here. */
import { run } from 'asyncio-ts'
import * as cancelling from './cancelling.ts'
import * as explicitLoop from './explicit-loop.ts'
import * as gathering from './gathering.ts'
import * as hello from './hello.ts'
import * as queueWorkers from './queue-workers.ts'
import * as sequential from './sequential.ts'
import * as taskGroup from './task-group.ts'
import * as tasks from './tasks.ts'
import * as timeLimit from './time-limit.ts'

const stops = [
  ['hello', 'hello, a pause, world', hello],
  ['sequential', 'two things, one after the other', sequential],
  ['tasks', 'the same two as tasks: faster', tasks],
  ['gathering', 'several results at once', gathering],
  ['time-limit', 'a time limit', timeLimit],
  ['cancelling', 'cancelling a task', cancelling],
  ['task-group', 'tasks that end together', taskGroup],
  ['queue-workers', 'workers that share a queue', queueWorkers],
] as const

for (const [name, title, { awaits, yields }] of stops) {
  console.log(`\n# ${title}  (docs/examples/${name}.ts)`)
  console.log('-- await')
  await run(awaits)
  console.log('-- yield*')
  await run(yields)
}
console.log('\n# an event loop by hand  (docs/examples/explicit-loop.ts)')
console.log('-- await')
await explicitLoop.awaits()
console.log('-- yield*')
await explicitLoop.yields()
