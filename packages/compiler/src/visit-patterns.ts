import type { Node } from '@babel/types'
import { unwrap } from './children.ts'
import type { VariableKind } from './scope.ts'
import type { Walk } from './walk.ts'

/** Visits what a declaration declares: names, and the expressions in its patterns. */
export function visitBinding(walk: Walk, node: Node | null, kind: VariableKind, from: number): void {
  if (node === null) return
  // There are 250 types of nodes: the rest is none of its business.
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check
  switch (node.type) {
    case 'Identifier':
      walk.visitList(node.decorators, node)
      walk.declare(node.name, kind, from)
      if (node.name === 'yield') walk.keepPlain('yield is a name in it')
      break
    case 'ObjectPattern':
      walk.visitList(node.decorators, node)
      for (const property of node.properties) visitBinding(walk, property, kind, from)
      break
    case 'ObjectProperty':
      if (node.computed) walk.visit(node.key, node)
      visitBinding(walk, node.value, kind, from)
      break
    case 'ArrayPattern':
      walk.visitList(node.decorators, node)
      for (const element of node.elements) visitBinding(walk, element, kind, from)
      break
    case 'AssignmentPattern':
      walk.visitList(node.decorators, node)
      visitBinding(walk, node.left, kind, from)
      nameFor(walk, node.right, node.left)
      walk.visit(node.right, node)
      break
    case 'RestElement':
      walk.visitList(node.decorators, node)
      visitBinding(walk, node.argument, kind, from)
      break
    case 'TSParameterProperty':
      walk.visitList(node.decorators, node)
      visitBinding(walk, node.parameter, kind, from)
      break
    default:
  }
}

/** Visits what is assigned to. */
export function visitTarget(walk: Walk, node: Node | null, parent: Node): void {
  if (node === null) return
  const target = unwrap(node)
  // There are 250 types of nodes: the rest is none of its business.
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check
  switch (target.type) {
    case 'Identifier':
      if (target.name === 'arguments') walk.keepPlain('it assigns to arguments')
      walk.refer(target.name, true)
      if (target.name === 'yield') walk.keepPlain('yield is a name in it')
      break
    case 'ObjectPattern':
      for (const property of target.properties) visitTarget(walk, property, target)
      break
    case 'ObjectProperty':
      if (target.computed) walk.visit(target.key, target)
      visitTarget(walk, target.value, target)
      break
    case 'ArrayPattern':
      for (const element of target.elements) visitTarget(walk, element, target)
      break
    case 'AssignmentPattern':
      visitTarget(walk, target.left, target)
      nameFor(walk, target.right, target.left)
      walk.visit(target.right, target)
      break
    case 'RestElement':
      visitTarget(walk, target.argument, target)
      break
    case 'MemberExpression':
      if (target.object.type === 'Super') walk.keepPlain('it assigns to a property of super')
      walk.visit(target, parent)
      break
    default:
      walk.visit(target, parent)
  }
}

const anonymous = new Set(['ArrowFunctionExpression', 'FunctionExpression'])

/** Remembers what a function is called that is about to be visited. */
export function nameFor(walk: Walk, value: Node | null | undefined, target: Node): void {
  if (value === null || value === undefined) return
  const inner = unwrap(value)
  if (anonymous.has(inner.type)) walk.givenNames.set(inner, nameOf(target))
}

/** How a stack trace would call what is stored here. */
export function nameOf(target: Node): string {
  // There are 250 types of nodes: the rest is none of its business.
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check
  switch (target.type) {
    case 'Identifier':
      return target.name
    case 'StringLiteral':
      return target.value
    case 'NumericLiteral':
      return String(target.value)
    case 'PrivateName':
      return `#${target.id.name}`
    case 'ThisExpression':
      return 'this'
    case 'MemberExpression': {
      const property = target.computed ? '' : nameOf(target.property)
      return property === '' ? '' : `${nameOf(target.object)}.${property}`.replace(/^(this)?\./, '')
    }
    default:
      return ''
  }
}
