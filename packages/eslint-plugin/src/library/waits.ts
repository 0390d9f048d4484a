import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { variableOf } from '../ast/variable-of.ts'
import { isFunction, walk, walkHere } from '../ast/walk.ts'
import { ASYNC_ITERABLES } from './call-spec.ts'
import type { LibraryCall } from './call-spec.ts'
import { calleeIn } from './local-calls.ts'
import { isOurs } from './nature.ts'
import type { Nature } from './nature.ts'
import { furthest } from './type-services.ts'
import type { Reach, TypeServices } from './type-services.ts'

/** What has to be known of a file to tell where its waits lead. */
export interface FileFacts {
  readonly sourceCode: Readonly<TSESLint.SourceCode>
  readonly keys: TSESLint.SourceCode.VisitorKeys
  readonly types: TypeServices | null
  readonly isCompiled: boolean
  natureOf(node: TSESTree.Node): Nature
  callOf(node: TSESTree.CallExpression): LibraryCall | null
  exportedName(node: TSESTree.Node): string | null
  /** The class of an instance, as far as the text of the file shows it. */
  visibleClassOf(node: TSESTree.Node): string | null
}

/** Tells which waits of a file a cancel can reach. */
export class Waits {
  readonly #file: FileFacts
  readonly #reaches = new Map<TSESTree.Node, Reach>()

  constructor(file: FileFacts) {
    this.#file = file
  }

  /** Whether a wait on an expression can throw a CancelledError: a wait of the library's, at whatever depth. */
  isCancellable(given: TSESTree.Node): boolean {
    const node = unwrap(given)
    const nature = this.#file.natureOf(node)
    if (isOurs(nature)) return true
    if (node.type !== AST_NODE_TYPES.CallExpression) return false
    if (this.#isPromiseCombinator(node)) return this.#mentionsOurs(node)
    if (nature === 'foreign' && node.arguments.some((argument) => this.#passesTaskSignal(argument))) return true
    return nature !== 'other' && nature !== 'function' && this.reachOf(node) === 'ours'
  }

  /** Whether a node waits, so that a cancel may be thrown there. In a compiled program every await does. */
  isWait(node: TSESTree.Node): boolean {
    switch (node.type) {
      case AST_NODE_TYPES.AwaitExpression:
        return this.#file.isCompiled || this.isCancellable(node.argument)
      case AST_NODE_TYPES.YieldExpression:
        return (
          node.delegate && node.argument !== undefined && node.argument !== null && this.isCancellable(node.argument)
        )
      case AST_NODE_TYPES.ForOfStatement:
        return node.await && (this.#file.isCompiled || this.#isAsyncIterable(node.right))
      default:
        return false
    }
  }

  /** Where the waits of what a call calls lead to. */
  reachOf(node: TSESTree.CallExpression): Reach {
    if (this.#file.types !== null) {
      const reach = this.#file.types.reachOfCall(node)
      if (reach !== 'unknown') return reach
    }
    const callee = calleeIn(this.#file.sourceCode, node.callee)
    return callee === null ? 'unknown' : this.reachOfFunction(callee)
  }

  /** Whether a node waits on the library anywhere, functions inside left out. */
  hasWait(node: TSESTree.Node): boolean {
    let found = false
    walkHere(node, this.#file.keys, (each) => {
      found ||= this.isWait(each)
      return !found
    })
    return found
  }

  /** Where the waits of a function lead to, as far as the text of the file shows it. */
  reachOfFunction(node: TSESTree.Node): Reach {
    const known = this.#reaches.get(node)
    if (known !== undefined) return known
    const body = isFunction(node) ? node.body : node.type === AST_NODE_TYPES.CallExpression ? node : null
    if (!body) return 'unknown'
    this.#reaches.set(node, 'none')
    let reach: Reach = body.type === AST_NODE_TYPES.BlockStatement ? 'none' : this.#reachOfExpression(body)
    const visit = (each: TSESTree.Node, isInside: boolean): void => {
      walk(each, this.#file.keys, (inner) => {
        const waited = reach === 'ours' ? null : waitedIn(inner)
        const found = waited === null ? 'none' : this.#reachOfExpression(waited)
        // A callback may run at any time, or never: only a wait of the library's counts there.
        if (found === 'ours' || !(isInside || isFunction(inner))) reach = furthest(reach, found)
        if (inner.type === AST_NODE_TYPES.ForOfStatement && inner.await && this.#isAsyncIterable(inner.right)) {
          reach = 'ours'
        }
        if (isInside || !isFunction(inner)) return reach !== 'ours'
        visit(inner, true)
        return false
      })
    }
    visit(body, false)
    this.#reaches.set(node, reach)
    return reach
  }

  #reachOfExpression(given: TSESTree.Node): Reach {
    const node = unwrap(given)
    if (this.isCancellable(node)) return 'ours'
    const nature = this.#file.natureOf(node)
    if (nature === 'own' && node.type === AST_NODE_TYPES.CallExpression) return this.reachOf(node)
    if (nature === 'own' || nature === 'foreign') return 'foreign'
    return nature === 'unknown' ? 'unknown' : 'none'
  }

  #isAsyncIterable(node: TSESTree.Node): boolean {
    const name = this.#file.visibleClassOf(node)
    if (name !== null) return ASYNC_ITERABLES.has(name)
    const inner = unwrap(node)
    if (inner.type === AST_NODE_TYPES.CallExpression && this.#file.callOf(inner)?.name === 'asCompleted') return true
    return this.#file.types?.isAsyncIterable(inner, ASYNC_ITERABLES) ?? false
  }

  /** Whether an argument is, or has in it, the signal of a task: a cancel reaches what gets it. */
  #passesTaskSignal(argument: TSESTree.Node): boolean {
    let found = false
    walkHere(argument, this.#file.keys, (node) => {
      if (node.type === AST_NODE_TYPES.MemberExpression && propertyName(node) === 'signal') {
        found ||= this.#isTask(unwrap(node.object))
      } else if (node.type === AST_NODE_TYPES.Identifier && node.name === 'signal') {
        found ||= this.#isParameterOfBody(node)
      }
      return !found
    })
    return found
  }

  #isTask(node: TSESTree.Node): boolean {
    if (node.type === AST_NODE_TYPES.CallExpression) return this.#file.exportedName(node.callee) === 'currentTask'
    if (node.type !== AST_NODE_TYPES.Identifier) return false
    return this.#file.natureOf(node) === 'future' || this.#isParameterOfBody(node)
  }

  /** Whether a name is what the library hands to a function: `timeout(1, async ({ signal }) => …)`. */
  #isParameterOfBody(node: TSESTree.Identifier): boolean {
    const [definition] = variableOf(this.#file.sourceCode, node)?.defs ?? []
    const call = definition?.type === 'Parameter' ? definition.node.parent : undefined
    return call?.type === AST_NODE_TYPES.CallExpression && this.#file.callOf(call) !== null
  }

  #isPromiseCombinator(node: TSESTree.CallExpression): boolean {
    const { callee } = node
    if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.object.type !== AST_NODE_TYPES.Identifier) {
      return false
    }
    return callee.object.name === 'Promise' && /^(?:all|allSettled|any|race)$/.test(propertyName(callee) ?? '')
  }

  /** Whether the arguments of a call make something of the library's, in callbacks too. */
  #mentionsOurs(node: TSESTree.CallExpression): boolean {
    let found = false
    for (const argument of node.arguments) {
      walk(argument, this.#file.keys, (each) => {
        if (!found && each.type === AST_NODE_TYPES.CallExpression) found = this.isCancellable(each)
        return !found
      })
    }
    return found
  }
}

/** What a node waits for, or returns to be waited for. */
function waitedIn(node: TSESTree.Node): TSESTree.Node | null {
  switch (node.type) {
    case AST_NODE_TYPES.AwaitExpression:
    case AST_NODE_TYPES.ReturnStatement:
      return node.argument
    case AST_NODE_TYPES.YieldExpression:
      return node.delegate ? (node.argument ?? null) : null
    case AST_NODE_TYPES.ArrowFunctionExpression:
      return node.body.type === AST_NODE_TYPES.BlockStatement ? null : node.body
    default:
      return null
  }
}
