import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { pathOf, propertyName, unwrap } from '../ast/enclosing.ts'
import { variableOf } from '../ast/variable-of.ts'
import { isFunction, walkHere } from '../ast/walk.ts'
import type { FunctionNode } from '../ast/walk.ts'
import type { Library } from '../library/library.ts'
import { isAcquire } from '../locks/hold.ts'

/** Something in a function that matters to a check: in the order in which it happens. */
export interface RaceEvent {
  readonly kind: 'wait' | 'write' | 'check' | 'lock'
  /** The state, of a write and of a check. */
  readonly path: string
  readonly node: TSESTree.Node
}

/** Methods that change what they are called on. */
const CHANGES: ReadonlySet<string> = new Set([
  ...['set', 'add', 'delete', 'clear', 'push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse'],
])

/** The state that a condition reads and that other tasks can reach. */
export function sharedStateIn(library: Library, test: TSESTree.Node, fn: FunctionNode): Set<string> {
  const paths = new Set<string>()
  walkHere(test, library.keys, (node) => {
    if (node.type === AST_NODE_TYPES.CallExpression) {
      const callee = unwrap(node.callee)
      if (callee.type === AST_NODE_TYPES.MemberExpression) add(callee.object)
      for (const argument of node.arguments) for (const path of sharedStateIn(library, argument, fn)) paths.add(path)
      return false
    }
    if (node.type === AST_NODE_TYPES.MemberExpression) {
      // What `a.b.c` is depends on `a.b` as well; only a write to the whole path is an act, so the rest is left out.
      add(isMeasure(node) ? node.object : node)
      return false
    }
    if (node.type === AST_NODE_TYPES.Identifier) add(node)
    return undefined
  })
  return paths

  function add(node: TSESTree.Node): void {
    const path = statePathOf(node)
    if (path !== null && path !== 'this' && isShared(library, node, fn)) paths.add(path)
  }
}

/** `items.length`, `seen.size`: what is measured is what changes. */
function isMeasure(node: TSESTree.MemberExpression): boolean {
  const name = propertyName(node)
  return name === 'length' || name === 'size'
}

/** Whether a place outlives the call: a field, or a variable of the module or of a function around it. */
function isShared(library: Library, given: TSESTree.Node, fn: FunctionNode): boolean {
  let node = unwrap(given)
  const isField = node.type === AST_NODE_TYPES.MemberExpression
  while (node.type === AST_NODE_TYPES.MemberExpression) node = unwrap(node.object)
  if (node.type === AST_NODE_TYPES.ThisExpression) return isField
  if (node.type !== AST_NODE_TYPES.Identifier) return false
  const variable = variableOf(library.sourceCode, node)
  const [definition] = variable?.defs ?? []
  if (variable === null || definition === undefined || definition.type === 'ImportBinding') return false
  if (library.bindings.nameOf(node) !== null || isOfLibrary(library, node)) return false
  const isInside = definition.name.range[0] >= fn.range[0] && definition.name.range[1] <= fn.range[1]
  // What a caller passes may be shared with others; a variable of the call itself is not.
  return isInside ? isField && definition.type === 'Parameter' : isReached(library, fn, variable.scope.block)
}

/** Whether several calls of a function can have a variable around it in common. */
function isReached(library: Library, fn: FunctionNode, block: TSESTree.Node): boolean {
  const isGlobal = block.type === AST_NODE_TYPES.Program
  if (!isRunOnce(library, fn)) return isGlobal || (block.range[0] <= fn.range[0] && block.range[1] >= fn.range[1])
  // What is run where it stands runs once, unless a loop makes several of it.
  for (let each: TSESTree.Node | undefined = fn.parent; each && each !== block; each = each.parent) {
    if (REPEATED.has(each.type) || isFunction(each)) return true
  }
  return false
}

/** Whether a function is run where it stands: `createTask(async () => …)`, `timeout(1, async () => …)`. */
function isRunOnce(library: Library, fn: FunctionNode): boolean {
  const call = fn.parent
  if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee === fn) return false
  const known = library.callOf(call)
  if (known !== null) return known.name !== 'mapConcurrent' && (known.spec.runs ?? known.spec.body) !== undefined
  const callee = unwrap(call.callee)
  return callee.type === AST_NODE_TYPES.MemberExpression && propertyName(callee) === 'createTask'
}

const REPEATED: ReadonlySet<string> = new Set([
  ...[AST_NODE_TYPES.ForStatement, AST_NODE_TYPES.ForOfStatement, AST_NODE_TYPES.ForInStatement],
  ...[AST_NODE_TYPES.WhileStatement, AST_NODE_TYPES.DoWhileStatement],
])

/** The library's own objects say themselves what may be done when. */
function isOfLibrary(library: Library, node: TSESTree.Node): boolean {
  return library.classOf(node) !== null
}

/** A name for what is read or written: of `cache[key]`, the whole `cache`. */
function statePathOf(given: TSESTree.Node): string | null {
  const node = unwrap(given)
  const isElement = node.type === AST_NODE_TYPES.MemberExpression && propertyName(node) === null
  return pathOf(isElement ? node.object : node)
}

/** What happens in some statements of a function, in order. */
export function eventsIn(library: Library, nodes: readonly TSESTree.Node[]): RaceEvent[] {
  const events: RaceEvent[] = []
  for (const root of nodes) {
    walkHere(root, library.keys, (node) => {
      collect(library, node, events)
      return undefined
    })
  }
  // What is waited for is evaluated before the wait, and the right side of an assignment before the left is written.
  return events.sort(
    (a, b) => a.node.range[1] - b.node.range[1] || Number(a.kind === 'write') - Number(b.kind === 'write'),
  )
}

function isNothing(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Literal) return node.value === null && node.raw === 'null'
  return node.type === AST_NODE_TYPES.Identifier && node.name === 'undefined'
}

function collect(library: Library, node: TSESTree.Node, events: RaceEvent[]): void {
  const add = (kind: RaceEvent['kind'], path: string | null, at: TSESTree.Node = node): void => {
    if (path !== null) events.push({ kind, path, node: at })
  }
  switch (node.type) {
    case AST_NODE_TYPES.AwaitExpression:
      return add('wait', '')
    case AST_NODE_TYPES.YieldExpression:
      return node.delegate || !node.argument ? add('wait', '') : undefined
    case AST_NODE_TYPES.AssignmentExpression:
      // To clear what is over, as in `this.connection = null`, may be done twice.
      return isNothing(node.right) ? undefined : add('write', statePathOf(node.left))
    case AST_NODE_TYPES.UpdateExpression:
      return add('write', statePathOf(node.argument))
    case AST_NODE_TYPES.UnaryExpression:
      return node.operator === 'delete' ? add('write', statePathOf(node.argument)) : undefined
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.WhileStatement:
      return add('check', library.sourceCode.getText(node.test), node.test)
    case AST_NODE_TYPES.CallExpression: {
      if (isAcquire(library, node)) return add('lock', '')
      const callee = unwrap(node.callee)
      if (callee.type !== AST_NODE_TYPES.MemberExpression || !CHANGES.has(propertyName(callee) ?? '')) return
      return add('write', pathOf(callee.object))
    }
    default:
  }
}
