import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

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
  if (definition.node.type === 'FunctionDeclaration') return definition.node
  if (definition.node.type !== 'VariableDeclarator' || definition.node.id.type !== 'Identifier') return null
  const isWritten = variable.references.some((reference) => reference.isWrite() && reference.init !== true)
  return isWritten ? null : definition.node.init
}
