import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression

export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return (
    node?.type === AST_NODE_TYPES.FunctionDeclaration ||
    node?.type === AST_NODE_TYPES.FunctionExpression ||
    node?.type === AST_NODE_TYPES.ArrowFunctionExpression
  )
}

/** Calls back for a node and everything inside, in the order of the source; `false` leaves out what is inside. */
export function walk(
  node: TSESTree.Node,
  keys: TSESLint.SourceCode.VisitorKeys,
  visit: (node: TSESTree.Node) => boolean | void,
): void {
  if (visit(node) === false) return
  for (const key of keys[node.type] ?? []) {
    const child = (node as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null | undefined>)[key]
    if (Array.isArray(child)) {
      for (const each of child) if (each !== null) walk(each, keys, visit)
    } else if (child) walk(child, keys, visit)
  }
}

/** As {@link walk}, without what functions inside do when they are called. */
export function walkHere(
  node: TSESTree.Node,
  keys: TSESLint.SourceCode.VisitorKeys,
  visit: (node: TSESTree.Node) => boolean | void,
): void {
  walk(node, keys, (each) => (each !== node && isFunction(each) ? false : visit(each)))
}

/** Whether something inside a node meets a condition; functions inside are left out. */
export function someHere(
  node: TSESTree.Node,
  keys: TSESLint.SourceCode.VisitorKeys,
  test: (node: TSESTree.Node) => boolean,
): boolean {
  let found = false
  walkHere(node, keys, (each) => {
    found ||= test(each)
    return !found
  })
  return found
}
