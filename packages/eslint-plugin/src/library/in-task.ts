import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction } from '../ast/enclosing.ts'
import { variableOf } from '../ast/variable-of.ts'
import type { FunctionNode } from '../ast/walk.ts'
import { isHandedToLibrary } from './generator-role.ts'
import type { Library } from './library.ts'

/**
 * Whether a place evidently runs in a task: its function is given to the library, or waits on the library itself.
 */
export function isInTask(library: Library, node: TSESTree.Node): boolean {
  for (let fn = enclosingFunction(node); fn !== null; fn = enclosingFunction(fn)) {
    if (isHandedToLibrary(library, fn) || isHandedByName(library, fn)) return true
    if (fn.body && library.waits.hasWait(fn.body)) return true
  }
  return false
}

function isHandedByName(library: Library, fn: FunctionNode): boolean {
  const id = fn.id ?? (fn.parent?.type === AST_NODE_TYPES.VariableDeclarator ? fn.parent.id : null)
  if (id?.type !== AST_NODE_TYPES.Identifier) return false
  const variable = variableOf(library.sourceCode, id)
  return variable?.references.some(({ identifier }) => isRun(library, identifier)) === true
}

/** `run(main)`, and `run(() => main())` as well as `createTask(main())`. */
function isRun(library: Library, node: TSESTree.Node): boolean {
  if (isHandedToLibrary(library, node)) return true
  const call = node.parent
  if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee !== node) return false
  if (isHandedToLibrary(library, call)) return true
  const { parent } = call
  return parent.type === AST_NODE_TYPES.ArrowFunctionExpression && isHandedToLibrary(library, parent)
}
