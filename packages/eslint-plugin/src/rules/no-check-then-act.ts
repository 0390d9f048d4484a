import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, pathOf, unwrap } from '../ast/enclosing.ts'
import { someHere } from '../ast/walk.ts'
import type { FunctionNode } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'
import { statementsAfter } from '../locks/hold.ts'
import { eventsIn, sharedStateIn } from '../races/shared-state.ts'

type MessageId = 'act' | 'update'

/** Forbids to act upon a condition that another task may have changed since it was tested. */
export const noCheckThenAct = createRule<[], MessageId>({
  name: 'no-check-then-act',
  meta: {
    type: 'problem',
    docs: { description: 'Require a lock between a check of shared state and what is done upon it', config: 'strict' },
    messages: {
      act: '`{{path}}` was tested before a wait and changes here: another task may have changed it meanwhile. Hold a lock, or test it again.',
      update:
        '`{{path}}` is read before this wait and written after it: what another task writes meanwhile is lost. Hold a lock, or wait first.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    return {
      IfStatement(node) {
        const fn = enclosingFunction(node)
        if (fn === null || !canWait(fn)) return
        const paths = sharedStateIn(library, node.test, fn)
        if (paths.size === 0) return
        const act = actUpon(library, paths, actedUpon(node))
        if (act !== null && !isLocked(library, node)) {
          context.report({ node: act.node, messageId: 'act', data: { path: act.path } })
        }
      },
      AssignmentExpression(node) {
        if (node.operator === '=' || !hasWait(library, node.right)) return
        const fn = enclosingFunction(node)
        const path = pathOf(node.left)
        if (fn === null || path === null || !sharedStateIn(library, node.left, fn).has(path)) return
        if (!isLocked(library, node)) context.report({ node, messageId: 'update', data: { path } })
      },
    }
  },
})

function canWait(fn: FunctionNode): boolean {
  return fn.async || fn.generator
}

function hasWait(library: Library, node: TSESTree.Node): boolean {
  return someHere(
    node,
    library.keys,
    (each) =>
      each.type === AST_NODE_TYPES.AwaitExpression || (each.type === AST_NODE_TYPES.YieldExpression && each.delegate),
  )
}

/** The branches of a condition, and what follows it where one of them leaves the block. */
function actedUpon(node: TSESTree.IfStatement): TSESTree.Node[][] {
  const branches: TSESTree.Node[][] = [[node.consequent]]
  if (node.alternate !== null) branches.push([node.alternate])
  if (leaves(node.consequent)) branches.push(statementsAfter(node) ?? [])
  return branches
}

function leaves(node: TSESTree.Statement): boolean {
  if (node.type === AST_NODE_TYPES.BlockStatement) return node.body.length > 0 && leaves(node.body.at(-1)!)
  return (
    node.type === AST_NODE_TYPES.ReturnStatement ||
    node.type === AST_NODE_TYPES.ThrowStatement ||
    node.type === AST_NODE_TYPES.ContinueStatement ||
    node.type === AST_NODE_TYPES.BreakStatement
  )
}

/** The first write to a state after a wait; nothing where it is claimed before, tested again, or locked. */
function actUpon(
  library: Library,
  paths: ReadonlySet<string>,
  branches: readonly TSESTree.Node[][],
): { node: TSESTree.Node; path: string } | null {
  for (const branch of branches) {
    const act = actIn(library, paths, branch)
    if (act !== null) return act
  }
  return null
}

function actIn(
  library: Library,
  paths: ReadonlySet<string>,
  branch: readonly TSESTree.Node[],
): { node: TSESTree.Node; path: string } | null {
  const open = new Set(paths)
  let waited = false
  for (const { kind, path, node } of eventsIn(library, branch)) {
    if (kind === 'lock') return null
    if (kind === 'wait') waited = true
    if (kind === 'check' && waited) for (const each of open) if (mentions(path, each)) open.delete(each)
    if (kind !== 'write' || !open.has(path)) continue
    if (waited) return { node, path }
    open.delete(path)
  }
  return null
}

function mentions(text: string, path: string): boolean {
  const last = path.split('.').at(-1)!.replace('#', '')
  return new RegExp(`(?<![\\w$])${last.replaceAll('$', '\\$')}(?![\\w$])`).test(text)
}

/** Whether a lock of the library is held at a place: acquired before in the function, or a body of `with`. */
function isLocked(library: Library, node: TSESTree.Node): boolean {
  for (let fn = enclosingFunction(node); fn !== null; fn = enclosingFunction(fn)) {
    if (
      fn.body &&
      eventsIn(library, [fn.body]).some(({ kind, node: lock }) => kind === 'lock' && isBefore(lock, node))
    ) {
      return true
    }
    const call = fn.parent
    if (call?.type === AST_NODE_TYPES.CallExpression && call.callee !== fn) {
      const name = library.callOf(call)?.name ?? ''
      if (name.endsWith('.with') || isRunExclusive(call)) return true
    }
  }
  return false
}

/** A lock of another library. */
function isRunExclusive(node: TSESTree.CallExpression): boolean {
  return /\.(?:with|runExclusive|withLock)$/.test(pathOf(unwrap(node.callee)) ?? '')
}

function isBefore(first: TSESTree.Node, second: TSESTree.Node): boolean {
  return first.range[1] <= second.range[0]
}
