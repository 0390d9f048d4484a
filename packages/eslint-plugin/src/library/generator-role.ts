import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { wrapped } from '../ast/enclosing.ts'
import { variableOf } from '../ast/variable-of.ts'
import { isFunction, someHere } from '../ast/walk.ts'
import type { FunctionNode } from '../ast/walk.ts'
import type { Library } from './library.ts'

/** What a `function*` is for: to wait as a coroutine, or to yield values to whoever iterates. */
export type GeneratorRole = 'coroutine' | 'values' | 'unknown'

export function generatorRole(library: Library, fn: FunctionNode): GeneratorRole {
  const annotated = annotatedRole(library, fn)
  if (annotated !== 'unknown') return annotated
  if (isHandedToLibrary(library, fn) || isDecorated(library, fn)) return 'coroutine'
  const waits = someHere(
    fn,
    library.keys,
    (node) => node.type === AST_NODE_TYPES.YieldExpression && library.waits.isWait(node),
  )
  return waits ? 'coroutine' : roleOfUses(library, fn)
}

/** The call that a node is an argument of, alone or in an array. */
export function callTaking(node: TSESTree.Node): TSESTree.CallExpression | null {
  let argument = wrapped(node)
  if (argument.parent?.type === AST_NODE_TYPES.ArrayExpression) argument = wrapped(argument.parent)
  const { parent } = argument
  return parent?.type === AST_NODE_TYPES.CallExpression && parent.callee !== argument ? parent : null
}

/** Whether a function is an argument of a call of the library, which runs it. */
export function isHandedToLibrary(library: Library, node: TSESTree.Node): boolean {
  const call = callTaking(node)
  return call !== null && (library.exportedName(call.callee) === 'coroutine' || library.callOf(call) !== null)
}

function isDecorated(library: Library, fn: FunctionNode): boolean {
  const { parent } = fn
  if (parent?.type !== AST_NODE_TYPES.MethodDefinition) return false
  return parent.decorators.some(({ expression }) => library.exportedName(expression) === 'coroutine')
}

function annotatedRole(library: Library, fn: FunctionNode): GeneratorRole {
  const type = fn.returnType?.typeAnnotation
  if (type?.type !== AST_NODE_TYPES.TSTypeReference) return 'unknown'
  const typeName = type.typeName.type === AST_NODE_TYPES.TSQualifiedName ? type.typeName.right : type.typeName
  if (typeName.type !== AST_NODE_TYPES.Identifier) return 'unknown'
  if (typeName.name === 'Coroutine' || library.exportedName(typeName) === 'Coroutine') return 'coroutine'
  if (/^(?:Iterable|IterableIterator|Iterator|IteratorObject)$/.test(typeName.name)) return 'values'
  if (typeName.name !== 'Generator') return 'unknown'
  const [yielded] = type.typeArguments?.params ?? []
  return yielded !== undefined && library.sourceCode.getText(yielded) === 'Suspension' ? 'coroutine' : 'unknown'
}

/** What the rest of the file does with a `function*` that has a name. */
function roleOfUses(library: Library, fn: FunctionNode): GeneratorRole {
  const id = fn.id ?? (fn.parent?.type === AST_NODE_TYPES.VariableDeclarator ? fn.parent.id : null)
  if (id?.type !== AST_NODE_TYPES.Identifier) return 'unknown'
  let role: GeneratorRole = 'unknown'
  for (const { identifier } of variableOf(library.sourceCode, id)?.references ?? []) {
    const use = roleOfUse(library, identifier)
    if (use === 'coroutine') return use
    if (use === 'values') role = use
  }
  return role
}

function roleOfUse(library: Library, node: TSESTree.Node): GeneratorRole {
  if (isHandedToLibrary(library, node)) return 'coroutine'
  const call = node.parent
  if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee !== node) return 'unknown'
  const { parent } = call
  if (parent.type === AST_NODE_TYPES.YieldExpression && parent.delegate) return 'coroutine'
  if (parent.type === AST_NODE_TYPES.AwaitExpression) return 'coroutine'
  if (parent.type === AST_NODE_TYPES.SpreadElement || parent.type === AST_NODE_TYPES.ForOfStatement) return 'values'
  if (parent.type !== AST_NODE_TYPES.CallExpression || parent.callee === call) return 'unknown'
  const taken = library.callOf(parent)
  if (taken !== null) return taken.spec.runsEach === true || taken.name === 'mapConcurrent' ? 'values' : 'coroutine'
  return isFunction(parent.callee) ? 'unknown' : 'values'
}
