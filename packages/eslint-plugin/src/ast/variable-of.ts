import { AST_NODE_TYPES, TSESLint } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'

const { DefinitionType } = TSESLint.Scope

/** The variable that an identifier refers to, looked up from where it stands. */
export function variableOf(
  sourceCode: Readonly<TSESLint.SourceCode>,
  node: TSESTree.Identifier | TSESTree.JSXIdentifier,
): TSESLint.Scope.Variable | null {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node); scope !== null; scope = scope.upper) {
    const variable = scope.set.get(node.name)
    if (variable !== undefined) return variable
  }
  return null
}

/** What a variable was given when it was made, if it is never given anything else. */
export function initializerOf(variable: TSESLint.Scope.Variable): TSESTree.Node | null {
  const [definition] = variable.defs
  if (variable.defs.length !== 1 || definition === undefined) return null
  if (definition.type === DefinitionType.FunctionName) return definition.node
  if (
    definition.type !== DefinitionType.Variable ||
    definition.node.type !== AST_NODE_TYPES.VariableDeclarator ||
    definition.node.id.type !== AST_NODE_TYPES.Identifier
  ) {
    return null
  }
  const isWritten = variable.references.some((reference) => reference.isWrite() && reference.init !== true)
  return isWritten ? null : definition.node.init
}
