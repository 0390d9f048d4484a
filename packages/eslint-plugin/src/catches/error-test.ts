import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { pathOf, unwrap } from '../ast/enclosing.ts'

/**
 * What a condition says of a CancelledError: `looks` where it looks at the error in a way that is not understood, and
 * `unknown` where it has nothing to do with it.
 */
export type Truth = 'true' | 'false' | 'looks' | 'unknown'

/** The classes that a CancelledError is an instance of. */
const BASES: ReadonlySet<string> = new Set(['Error', 'Object'])

/** Evaluates a condition for the case that the error of a catch, `error`, is a CancelledError. */
export function truthOf(given: TSESTree.Node, error: string): Truth {
  const node = unwrap(given)
  switch (node.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return node.operator === '!' ? not(truthOf(node.argument, error)) : mentioned(node, error)
    case AST_NODE_TYPES.LogicalExpression: {
      const left = truthOf(node.left, error)
      const right = truthOf(node.right, error)
      if (node.operator === '&&') return and(left, right)
      return node.operator === '||' ? not(and(not(left), not(right))) : mentioned(node, error)
    }
    case AST_NODE_TYPES.BinaryExpression:
      return truthOfComparison(node, error)
    case AST_NODE_TYPES.Literal:
      return node.value ? 'true' : 'false'
    default:
      return mentioned(node, error)
  }
}

function truthOfComparison(node: TSESTree.BinaryExpression, error: string): Truth {
  const path = pathOf(node.left)
  if (node.operator === 'instanceof') {
    if (path !== error) return mentioned(node, error)
    return BASES.has(pathOf(node.right) ?? '') ? 'true' : 'false'
  }
  const isEqual = node.operator === '===' || node.operator === '=='
  if (!isEqual && node.operator !== '!==' && node.operator !== '!=') return mentioned(node, error)
  const [subject, value] =
    node.right.type === AST_NODE_TYPES.Literal ? [path, node.right] : [pathOf(node.right), node.left]
  if (value.type !== AST_NODE_TYPES.Literal || subject === null) return mentioned(node, error)
  // The name and the code of a CancelledError are none that a program compares with here: that would be asking.
  const isIdentity = subject === `${error}.name` || subject === `${error}.code`
  if (!isIdentity) return mentioned(node, error)
  return isEqual ? 'false' : 'true'
}

function mentioned(node: TSESTree.Node, error: string): Truth {
  return mentions(node, error) ? 'looks' : 'unknown'
}

/** Whether an expression reads a variable. */
export function mentions(node: TSESTree.Node, name: string): boolean {
  if (node.type === AST_NODE_TYPES.Identifier) return node.name === name
  return Object.entries(node).some(([key, value]) => {
    if (key === 'parent' || value === null || typeof value !== 'object') return false
    const children = Array.isArray(value) ? value : [value]
    return children.some((child) => isNode(child) && mentions(child, name))
  })
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof (value as { type?: unknown } | null)?.type === 'string'
}

function not(truth: Truth): Truth {
  if (truth === 'true') return 'false'
  return truth === 'false' ? 'true' : truth
}

function and(left: Truth, right: Truth): Truth {
  if (left === 'false' || right === 'false') return 'false'
  if (left === 'true') return right
  if (right === 'true') return left
  return left === 'looks' || right === 'looks' ? 'looks' : 'unknown'
}
