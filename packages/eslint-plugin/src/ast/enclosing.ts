import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { isFunction } from './walk.ts'
import type { FunctionNode } from './walk.ts'

/** The function that a node is in; nothing at the top level of a module. */
export function enclosingFunction(node: TSESTree.Node): FunctionNode | null {
  for (let each = node.parent; each; each = each.parent) {
    if (isFunction(each)) return each
    if (each.type === AST_NODE_TYPES.StaticBlock || each.type === AST_NODE_TYPES.PropertyDefinition) return null
  }
  return null
}

/** The word that waits in a function; nothing where nothing can wait. */
export function waitWordOf(fn: FunctionNode | null): 'await' | 'yield*' | null {
  if (fn === null) return 'await'
  if (fn.async) return 'await'
  return fn.generator ? 'yield*' : null
}

/** What is inside parentheses, casts, `!` and optional chains. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  switch (node.type) {
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSNonNullExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
    case AST_NODE_TYPES.TSTypeAssertion:
    case AST_NODE_TYPES.TSInstantiationExpression:
    case AST_NODE_TYPES.ChainExpression:
      return unwrap(node.expression)
    default:
      return node
  }
}

/** The outermost expression that is a node in parentheses, casts and the like. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  const { parent } = node
  return parent && unwrap(parent) !== parent && unwrap(parent) === unwrap(node) ? wrapped(parent) : node
}

/** The name of a property that is known in the source: `a.b`, `a['b']`, `a.#b` (`#b`). */
export function propertyName(node: TSESTree.MemberExpression): string | null {
  const { property } = node
  if (property.type === AST_NODE_TYPES.PrivateIdentifier) return `#${property.name}`
  if (!node.computed && property.type === AST_NODE_TYPES.Identifier) return property.name
  return property.type === AST_NODE_TYPES.Literal && typeof property.value === 'string' ? property.value : null
}

/**
 * A name for a place that can be read twice: `x`, `this.a.b`, `state.open`. Nothing for anything that is computed.
 */
export function pathOf(given: TSESTree.Node): string | null {
  const node = unwrap(given)
  if (node.type === AST_NODE_TYPES.Identifier) return node.name
  if (node.type === AST_NODE_TYPES.ThisExpression) return 'this'
  if (node.type !== AST_NODE_TYPES.MemberExpression) return null
  const object = pathOf(node.object)
  const name = propertyName(node)
  return object === null || name === null ? null : `${object}.${name}`
}
