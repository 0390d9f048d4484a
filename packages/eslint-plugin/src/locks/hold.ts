import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, pathOf, propertyName, unwrap } from '../ast/enclosing.ts'
import { variableOf } from '../ast/variable-of.ts'
import { someHere, walk, walkHere } from '../ast/walk.ts'
import type { Library } from '../library/library.ts'

/** A lock that a statement acquires, to be released by hand. */
export interface Hold {
  readonly acquire: TSESTree.Statement
  /** What is waited for: `lock.acquire()`. */
  readonly call: TSESTree.CallExpression
  /** How the lock is written: `this.#lock`. */
  readonly lock: string
  /** The variable that was given the guard, if there is one. */
  readonly guard: TSESTree.Identifier | null
  /** What runs while the lock is held, and would not release it if it threw. */
  readonly unprotected: readonly TSESTree.Statement[]
  /** The release that ends it: outside of a `finally` block, where `isProtected` is false. */
  readonly release: TSESTree.Node | null
  readonly isProtected: boolean
  /** The `try` whose `finally` releases what has perhaps not been acquired. */
  readonly around: TSESTree.TryStatement | null
}

/** The hold that a statement begins, `using` apart: that ends with its block. */
export function holdOf(library: Library, statement: TSESTree.Statement): Hold | null {
  const acquired = acquiredBy(library, statement)
  const following = statementsAfter(statement)
  if (acquired === null || following === null) return null
  const isRelease = (node: TSESTree.Node): boolean => releases(node, acquired)
  const unprotected: TSESTree.Statement[] = []
  const hold = { acquire: statement, ...acquired, unprotected, around: null }
  for (const each of following) {
    if (each.type === AST_NODE_TYPES.TryStatement && each.finalizer && contains(library, each.finalizer, isRelease)) {
      return { ...hold, release: each.finalizer, isProtected: true }
    }
    const release = find(library, each, isRelease)
    unprotected.push(each)
    if (release !== null) return { ...hold, release, isProtected: false }
  }
  return { ...hold, release: null, isProtected: false, around: tryAround(library, statement, isRelease) }
}

type Acquired = Pick<Hold, 'call' | 'lock' | 'guard'>

function acquiredBy(library: Library, statement: TSESTree.Statement): Acquired | null {
  let wait: TSESTree.Node | null = null
  let guard: TSESTree.Identifier | null = null
  if (statement.type === AST_NODE_TYPES.ExpressionStatement) wait = statement.expression
  else if (statement.type === AST_NODE_TYPES.VariableDeclaration && statement.kind !== 'using') {
    const [declarator] = statement.declarations
    if (statement.declarations.length !== 1 || declarator?.id.type !== AST_NODE_TYPES.Identifier) return null
    if (statement.kind === 'await using') return null
    wait = declarator.init
    guard = declarator.id
  }
  if (wait === null) return null
  const inner = unwrap(wait)
  const isWait =
    inner.type === AST_NODE_TYPES.AwaitExpression || (inner.type === AST_NODE_TYPES.YieldExpression && inner.delegate)
  const call = isWait && inner.argument ? unwrap(inner.argument) : null
  if (call?.type !== AST_NODE_TYPES.CallExpression || !isAcquire(library, call)) return null
  const lock = pathOf((unwrap(call.callee) as TSESTree.MemberExpression).object)
  return lock === null ? null : { call, lock, guard }
}

/** Whether a call acquires a lock of the library. */
export function isAcquire(library: Library, node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression || propertyName(callee) !== 'acquire') return false
  return library.callOf(node)?.name.endsWith('.acquire') === true
}

/** The statements after one in its block; nothing where it stands in no block. */
export function statementsAfter(statement: TSESTree.Statement): TSESTree.Statement[] | null {
  const { parent } = statement
  const isBlock = parent.type === AST_NODE_TYPES.BlockStatement || parent.type === AST_NODE_TYPES.Program
  const list = isBlock ? parent.body : parent.type === AST_NODE_TYPES.SwitchCase ? parent.consequent : null
  return list === null ? null : (list.slice(list.indexOf(statement) + 1) as TSESTree.Statement[])
}

function releases(node: TSESTree.Node, { lock, guard }: Acquired): boolean {
  if (node.type !== AST_NODE_TYPES.CallExpression) return false
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression || propertyName(callee) !== 'release') return false
  const path = pathOf(callee.object)
  return path === lock || (guard !== null && path === guard.name)
}

function find(library: Library, node: TSESTree.Node, test: (node: TSESTree.Node) => boolean): TSESTree.Node | null {
  let found: TSESTree.Node | null = null
  walkHere(node, library.keys, (each) => {
    if (found === null && test(each)) found = each
    return found === null
  })
  return found
}

function contains(library: Library, node: TSESTree.Node, test: (node: TSESTree.Node) => boolean): boolean {
  return someHere(node, library.keys, test)
}

function tryAround(
  library: Library,
  statement: TSESTree.Statement,
  isRelease: (node: TSESTree.Node) => boolean,
): TSESTree.TryStatement | null {
  const end = enclosingFunction(statement)
  let each: TSESTree.Node = statement
  for (let { parent } = statement as TSESTree.Node; parent && parent !== end; each = parent, parent = parent.parent) {
    if (parent.type !== AST_NODE_TYPES.TryStatement || parent.block !== each) continue
    if (parent.finalizer && contains(library, parent.finalizer, isRelease)) return parent
  }
  return null
}

/** Whether anything in the file could release the lock of a hold: another function, or whoever gets the guard. */
export function isReleasedElsewhere(library: Library, hold: Hold): boolean {
  if (hold.guard !== null) {
    const variable = variableOf(library.sourceCode, hold.guard)
    if (variable?.references.some((reference) => reference.isRead()) === true) return true
  }
  const name = hold.lock.split('.').at(-1)!
  let found = false
  walk(library.sourceCode.ast, library.keys, (node) => {
    if (!found && node.type === AST_NODE_TYPES.MemberExpression && propertyName(node) === 'release') {
      found = pathOf(node.object)?.split('.').at(-1) === name
    }
    return !found
  })
  return found
}
