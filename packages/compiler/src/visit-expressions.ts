import type { CallExpression, Expression, Node, OptionalCallExpression } from '@babel/types'
import { unwrap } from './children.ts'
import { isSentAway } from './sent-away.ts'
import type { Visitors, Walk } from './walk.ts'
import { nameFor, visitTarget } from './visit-patterns.ts'

/** Whether a `yield` can stand in the place of an expression without parentheses. */
function takesYield(node: Node, parent: Node): boolean {
  // There are 250 types of nodes: the rest is none of its business.
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check
  switch (parent.type) {
    case 'ParenthesizedExpression':
    case 'ExpressionStatement':
    case 'ArrayExpression':
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'TemplateLiteral':
    case 'SequenceExpression':
    case 'IfStatement':
    case 'SwitchStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'SpreadElement':
    case 'JSXExpressionContainer':
    case 'YieldExpression':
    case 'AwaitExpression':
    case 'ArrowFunctionExpression':
      return true
    case 'VariableDeclarator':
      return parent.init === node
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return parent.right === node
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return parent.callee !== node
    case 'ObjectProperty':
      return parent.value === node
    case 'ConditionalExpression':
      return parent.test !== node
    default:
      return false
  }
}

function isInList(walk: Walk, node: Node): boolean {
  return walk.statement?.type === 'ExpressionStatement' && walk.statement.start === node.start
}

function visitCall(walk: Walk, node: CallExpression | OptionalCallExpression): void {
  const { callee } = node
  if (callee.type === 'Super') {
    for (let record = walk.record; record !== null && record.isArrow; record = record.parent) {
      record.plain ??= 'it calls super()'
    }
  } else {
    if (callee.type === 'Identifier' && callee.name === 'eval') {
      walk.keepPlain('it calls eval')
      for (let scope: typeof walk.scope | null = walk.scope; scope !== null; scope = scope.parent) {
        scope.isDynamic = true
      }
    }
    walk.visit(callee, node)
  }
  const sent = callee.type !== 'Super' && isSentAway(callee)
  for (const argument of node.arguments) {
    const inner = sent ? unwrap(argument) : argument
    if (sent && inner.type === 'Identifier') walk.sentAway.add(inner.name)
    if (sent && (inner.type === 'ArrowFunctionExpression' || inner.type === 'FunctionExpression')) {
      walk.plainUntil = Math.max(walk.plainUntil, inner.end!)
    }
    walk.visit(argument, node)
  }
}

function visitMember(
  walk: Walk,
  node: Extract<Node, { type: 'MemberExpression' | 'OptionalMemberExpression' }>,
  parent: Node,
): void {
  const mention = node.object.type === 'Super' ? walk.mention(node, parent) : null
  if (mention === null) walk.visit(node.object, node)
  else {
    walk.useThis()
    if (unwrap(parent) !== parent) walk.keepPlain('it wraps a property of super')
  }
  if (node.computed) walk.visit(node.property, node)
  else if (node.property.type === 'PrivateName') walk.refer(`#${node.property.id.name}`)
  else if (node.property.type === 'Identifier' && node.property.name === 'callee') {
    if (node.object.type === 'Identifier' && node.object.name === 'arguments') {
      walk.keepPlain('it uses arguments.callee')
    }
  }
  if (mention !== null) {
    mention.exit = walk.next()
    walk.supers.push(mention)
  }
}

export const expressionVisitors: Visitors = {
  Identifier(walk, node, parent) {
    if (node.name === 'arguments') {
      const owner = walk.record?.owner
      if (!owner?.node) walk.keepPlain('its arguments belong to no function of the source')
      else owner.usesArguments = true
      walk.argumentLists.push(walk.mention(node, parent))
    }
    if (node.name === 'yield') walk.keepPlain('yield is a name in it')
    walk.refer(node.name)
  },
  JSXIdentifier(walk, node) {
    if (node.name === 'this') walk.useThis()
    walk.refer(node.name)
  },
  ThisExpression(walk) {
    walk.useThis()
  },
  PrivateName(walk, node) {
    walk.refer(`#${node.id.name}`)
  },
  MetaProperty(walk, node, parent) {
    if (node.meta.name === 'new') walk.newTargets.push(walk.mention(node, parent))
  },
  MemberExpression: visitMember,
  OptionalMemberExpression: visitMember,
  CallExpression: visitCall,
  OptionalCallExpression: visitCall,
  AssignmentExpression(walk, node) {
    visitTarget(walk, node.left, node)
    nameFor(walk, node.right, node.left)
    walk.visit(node.right, node)
  },
  UpdateExpression(walk, node) {
    visitTarget(walk, node.argument, node)
  },
  UnaryExpression(walk, node) {
    if (node.operator === 'delete' && isSuperProperty(node.argument)) walk.keepPlain('it deletes a property of super')
    walk.visit(node.argument, node)
  },
  ObjectProperty(walk, node) {
    if (node.computed) walk.visit(node.key, node)
    else nameFor(walk, node.value, node.key)
    walk.visit(node.value, node)
  },
  AwaitExpression(walk, node, parent) {
    const { record } = walk
    if (record === null) walk.hasTopLevelAwait = true
    const parens = !takesYield(node, parent)
    const guard = parens && isInList(walk, node)
    const point = { kind: 'await' as const, node, parens, guard, enter: walk.next(), exit: 0 }
    record?.points.push(point)
    walk.visit(node.argument, node)
    point.exit = walk.next()
  },
  YieldExpression(walk, node) {
    const { record } = walk
    const kind: 'delegate' | 'yield' = node.delegate ? 'delegate' : 'yield'
    const point = { kind, node, enter: walk.next(), exit: 0 }
    if (record !== null && record.node?.async === true) record.points.push(point)
    walk.visit(node.argument, node)
    point.exit = walk.next()
  },
}

function isSuperProperty(node: Expression): boolean {
  const inner = unwrap(node)
  return inner.type === 'MemberExpression' && inner.object.type === 'Super'
}
