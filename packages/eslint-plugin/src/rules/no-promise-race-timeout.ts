import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { pathOf, propertyName, unwrap } from '../ast/enclosing.ts'
import { initializerOf, variableOf } from '../ast/variable-of.ts'
import { isFunction, walk } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'
import { calleeIn } from '../library/local-calls.ts'

/** Forbids a time limit that is made by a race. */
export const noPromiseRaceTimeout = createRule<[], 'race'>({
  name: 'no-promise-race-timeout',
  meta: {
    type: 'problem',
    docs: { description: 'Require timeout() or waitFor() for a time limit, not a race', config: 'recommended' },
    messages: {
      race: 'The loser of Promise.race() keeps running: this limit stops nothing. Use timeout() or waitFor(), which cancel it.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    return {
      CallExpression(node) {
        const path = pathOf(node.callee)
        if (path !== 'Promise.race' && path !== 'Promise.any') return
        const [items] = node.arguments
        if (items?.type !== AST_NODE_TYPES.ArrayExpression || items.elements.length < 2) return
        const elements = items.elements.filter((element) => element !== null)
        if (library.bindings.isEmpty && !elements.some((element) => library.waits.isCancellable(element))) return
        const timers = elements.filter((element) => isTimer(library, element, 0))
        if (timers.length > 0 && timers.length < elements.length) context.report({ node, messageId: 'race' })
      },
    }
  },
})

/** Functions that make a promise of a timer, in whatever module a program has them. */
const SLEEPS = /^(?:sleep|delay|nap|pause|wait|timeout|timer|setTimeout|rejectAfter|resolveAfter|timeoutAfter)$/i

/** Whether an expression settles when a time has passed, and does nothing else. */
function isTimer(library: Library, given: TSESTree.Node, depth: number): boolean {
  const node = unwrap(given)
  if (depth > 5) return false
  if (node.type === AST_NODE_TYPES.Identifier) {
    const variable = variableOf(library.sourceCode, node)
    const init = variable === null ? null : initializerOf(variable)
    return init !== null && !isFunction(init) && isTimer(library, init, depth + 1)
  }
  if (node.type === AST_NODE_TYPES.NewExpression) return isPromiseOfTimer(library, node)
  if (node.type !== AST_NODE_TYPES.CallExpression) return false
  return isTimerCall(library, node, depth)
}

function isTimerCall(library: Library, node: TSESTree.CallExpression, depth: number): boolean {
  const callee = unwrap(node.callee)
  const call = library.callOf(node)
  if (call !== null) {
    if (call.name === 'sleep') return true
    const [waited] = node.arguments
    return (
      (call.name === 'createTask' || call.name === 'ensureFuture') &&
      waited !== undefined &&
      isTimer(library, waited, depth + 1)
    )
  }
  if (callee.type === AST_NODE_TYPES.MemberExpression && /^(?:then|catch|finally)$/.test(propertyName(callee) ?? '')) {
    return isTimer(library, callee.object, depth + 1)
  }
  const fn = calleeIn(library.sourceCode, callee)
  if (isFunction(fn)) return isTimerFunction(library, fn, depth)
  return callee.type === AST_NODE_TYPES.Identifier && SLEEPS.test(callee.name)
}

/** A function whose result is a timer: its only wait, or what it returns. */
function isTimerFunction(library: Library, fn: NonNullable<ReturnType<typeof calleeIn>>, depth: number): boolean {
  if (!isFunction(fn) || !fn.body) return false
  if (fn.body.type !== AST_NODE_TYPES.BlockStatement) return isTimer(library, fn.body, depth + 1)
  const waited: TSESTree.Node[] = []
  walk(fn.body, library.keys, (node) => {
    if (isFunction(node)) return false
    const isWait = node.type === AST_NODE_TYPES.AwaitExpression || node.type === AST_NODE_TYPES.ReturnStatement
    if (isWait && node.argument !== null) waited.push(node.argument)
    return undefined
  })
  return waited.length > 0 && waited.every((each) => isTimer(library, each, depth + 1) || isPlain(each))
}

function isPlain(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Literal || node.type === AST_NODE_TYPES.Identifier
}

/** `new Promise((_, reject) => setTimeout(reject, 1000))`. */
function isPromiseOfTimer(library: Library, node: TSESTree.NewExpression): boolean {
  if (pathOf(node.callee) !== 'Promise') return false
  const [executor] = node.arguments
  let found = false
  if (executor !== undefined) {
    walk(executor, library.keys, (each) => {
      if (each.type === AST_NODE_TYPES.CallExpression) found ||= pathOf(each.callee)?.split('.').at(-1) === 'setTimeout'
      return !found
    })
  }
  return found
}
