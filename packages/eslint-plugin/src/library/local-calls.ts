import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { initializerOf, variableOf } from '../ast/variable-of.ts'
import { isFunction } from '../ast/walk.ts'

/** What a call calls, where the file shows it: a function, or the expression that a variable was given. */
export function calleeIn(sourceCode: Readonly<TSESLint.SourceCode>, given: TSESTree.Node): TSESTree.Node | null {
  const node = unwrap(given)
  if (isFunction(node)) return node
  if (node.type === AST_NODE_TYPES.Identifier) {
    const variable = variableOf(sourceCode, node)
    const init = variable === null ? null : initializerOf(variable)
    return init === null ? null : unwrap(init)
  }
  if (node.type !== AST_NODE_TYPES.MemberExpression || node.object.type !== AST_NODE_TYPES.ThisExpression) return null
  return methodIn(node, propertyName(node))
}

function methodIn(node: TSESTree.Node, name: string | null): TSESTree.Node | null {
  let each: TSESTree.Node | undefined = node.parent
  while (each && each.type !== AST_NODE_TYPES.ClassBody) each = each.parent
  if (!each || name === null) return null
  for (const member of each.body) {
    const isMethod =
      member.type === AST_NODE_TYPES.MethodDefinition || member.type === AST_NODE_TYPES.PropertyDefinition
    if (!isMethod || member.value === null) continue
    const { key } = member
    const own =
      key.type === AST_NODE_TYPES.PrivateIdentifier
        ? `#${key.name}`
        : key.type === AST_NODE_TYPES.Identifier
          ? key.name
          : null
    if (own === name) return unwrap(member.value)
  }
  return null
}
