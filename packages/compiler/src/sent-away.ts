import type { Node } from '@babel/types'
import { unwrap } from './children.ts'

/** Calls whose function argument is turned into text, and run by another thread, process or page. */
const asText = new Set([
  'toThread',
  'runInExecutor',
  'workerFunction',
  'submit',
  'evaluate',
  'evaluateAll',
  'evaluateHandle',
  'evaluateOnNewDocument',
  'addInitScript',
  'waitForFunction',
  '$eval',
  '$$eval',
])
/** Calls that test runners move above the imports. */
const hoisted = new Set(['mock', 'doMock', 'hoisted', 'unstable_mockModule'])
const runners = new Set(['vi', 'vitest', 'jest'])
const pools = /executor|pool/i

/** Whether a function that is handed to this callee must keep its text, or may run before the module's imports. */
export function isSentAway(callee: Node): boolean {
  const target = unwrap(callee)
  if (target.type === 'Identifier') return asText.has(target.name)
  if (target.type !== 'MemberExpression' && target.type !== 'OptionalMemberExpression') return false
  if (target.computed || target.property.type !== 'Identifier') return false
  const { name } = target.property
  if (asText.has(name)) return true
  const object = unwrap(target.object)
  const receiver =
    object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? lastName(object) : ''
  return (hoisted.has(name) && runners.has(receiver)) || (name === 'map' && pools.test(receiver))
}

function lastName(node: Extract<Node, { type: 'MemberExpression' }>): string {
  return node.property.type === 'Identifier' ? node.property.name : ''
}
