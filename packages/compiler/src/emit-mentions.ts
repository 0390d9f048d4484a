import type { MemberExpression, Node } from '@babel/types'
import type { Emission } from './emission.ts'
import { ownName } from './analyze.ts'
import type { FunctionRecord } from './function-record.ts'
import { mapped } from './edits.ts'
import { findText } from './scanner.ts'
import type { Mention, Walk } from './walk.ts'

/** Hands something to the generator of a function, and lets the functions in it capture that. */
function hand(holder: FunctionRecord, user: FunctionRecord, name: string, value: string): void {
  let variable = holder.handed.get(name)
  if (variable === undefined) {
    variable = { name, kind: 'made', scope: holder.scope, from: 0, written: false }
    holder.handed.set(name, variable)
    holder.extras.push({ name, value })
  }
  for (let record: FunctionRecord | null = user; record !== null && record !== holder; record = record.parent) {
    record.captures.add(variable)
  }
}

function callOf(parent: Node, node: Node): Extract<Node, { type: 'CallExpression' | 'OptionalCallExpression' }> | null {
  const isCall = parent.type === 'CallExpression' || parent.type === 'OptionalCallExpression'
  return isCall && parent.callee === node ? parent : null
}

function emitSuper(emission: Emission, mention: Mention, getter: string): void {
  const { edits, code } = emission
  // Mentions of super are collected where a member of it is visited.
  const node = mention.node as MemberExpression
  if (node.computed) {
    edits.replace(node.start!, node.property.start!, mention.enter, mapped(`${getter}(`, node.start!))
    edits.replace(node.property.end!, node.end!, mention.exit, ')')
  } else {
    const name = node.property.type === 'Identifier' ? node.property.name : ''
    const key = mapped(JSON.stringify(name), node.property.start!)
    edits.replace(node.start!, node.end!, mention.enter, [mapped(`${getter}(`, node.start!), key, ')'])
  }
  const call = callOf(mention.parent, node)
  if (call !== null) {
    const isOptional = call.type === 'OptionalCallExpression' && call.optional
    const dot = isOptional ? findText(code, '?.', node.end!) + 2 : node.end!
    edits.insert(dot, mention.exit + 0.1, isOptional ? 'call' : '.call')
    const types = call.typeArguments ?? call.typeParameters
    const open = findText(code, '(', types?.end ?? dot) + 1
    edits.insert(open, mention.exit + 0.2, call.arguments.length > 0 ? 'this, ' : 'this')
  } else if (mention.parent.type === 'TaggedTemplateExpression' && mention.parent.tag === node) {
    edits.insert(node.end!, mention.exit + 0.1, '.bind(this)')
  }
}

function emitSupers(emission: Emission, walk: Walk): void {
  for (const mention of walk.supers) {
    const { record } = mention
    if (record === null) continue
    const owner = record.owner
    const holder = owner?.isCompiled === true ? owner : record.outermostArrow
    if (holder === null) continue
    const getter = emission.names.shared('super')
    const key = emission.names.shared('key')
    hand(holder, record, getter, `(${key}) => super[${key}]`)
    emitSuper(emission, mention, getter)
  }
}

function emitArguments(emission: Emission, walk: Walk): void {
  for (const { node, parent, record, enter } of walk.argumentLists) {
    if (record === null) continue
    const { owner } = record
    const isHanded = owner?.isCompiled === true && owner.extras.length > 0
    const holder = isHanded ? owner : record.outermostArrow
    if (holder === null) continue
    const name = emission.names.shared('arguments')
    hand(holder, record, name, 'arguments')
    const isShorthand = parent.type === 'ObjectProperty' && parent.shorthand
    emission.edits.replace(
      node.start!,
      node.end!,
      enter,
      mapped(isShorthand ? `arguments: ${name}` : name, node.start!),
    )
  }
}

function emitNewTargets(emission: Emission, walk: Walk): void {
  for (const { node, record, enter } of walk.newTargets) {
    const holder = record?.outermostArrow ?? null
    if (holder === null || record === null || record.owner?.isCompiled === true) continue
    const name = emission.names.shared('newTarget')
    hand(holder, record, name, 'new.target')
    emission.edits.replace(node.start!, node.end!, enter, mapped(name, node.start!))
  }
}

/** Hands generators what only the function itself can say: `super`, `arguments`, `new.target`, its own name. */
export function emitMentions(emission: Emission, walk: Walk): void {
  for (const record of walk.records) {
    const name = record.isCompiled ? ownName(record) : null
    if (name !== null) record.extras.push({ name, value: name })
  }
  emitSupers(emission, walk)
  emitArguments(emission, walk)
  emitNewTargets(emission, walk)
}
