import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { isFunction, someHere } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import { importName } from '../library/import-name.ts'
import type { LibraryCall } from '../library/call-spec.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'
import { calleeIn } from '../library/local-calls.ts'
import type { Nature } from '../library/nature.ts'

type MessageId = 'started' | 'refused' | 'body' | 'pass'

/** Forbids to hand a call that has started to what would have started it. */
export const noStartedCall = createRule<[], MessageId>({
  name: 'no-started-call',
  meta: {
    type: 'problem',
    fixable: 'code',
    hasSuggestions: true,
    docs: { description: 'Require a function, not its call, where asyncio-ts starts it', config: 'recommended' },
    messages: {
      started:
        'This call has started outside of {{name}}(), which cannot cancel it. Pass the function: `() => {{call}}`.',
      refused: '{{name}}() throws a TypeError here: this promise is running already. Pass the function that makes it.',
      body: '{{name}}() takes a function, and this is the result of a call. Pass the function: `() => {{call}}`.',
      pass: 'Pass the function.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    const started = new StartedCalls(library, context)
    return { CallExpression: (node) => started.check(node) }
  },
})

/** Where the promise of anything is refused at run time. */
const REFUSES = /^(?:createTask|TaskGroup\.createTask|EventLoop\.createTask)$/
/** Where a promise of another library outlives the limit, too. */
const LIMITS = /^waitFor$/

class StartedCalls {
  readonly #library: Library
  readonly #context: Readonly<TSESLint.RuleContext<MessageId, []>>

  constructor(library: Library, context: Readonly<TSESLint.RuleContext<MessageId, []>>) {
    this.#library = library
    this.#context = context
  }

  check(node: TSESTree.CallExpression): void {
    const call = this.#library.callOf(node)
    if (call === null) return
    const { runs, runsAll, runsEach, body } = call.spec
    const [first] = node.arguments
    if (runs !== undefined) this.#checkRun(node.arguments[runs], call)
    if (body !== undefined) this.#checkBody(node.arguments[body], call)
    if (runsEach === true && first !== undefined) this.#checkEach(first, call)
    if (runsAll !== true) return
    if (first !== undefined && isCollection(first)) this.#checkEach(first, call)
    else for (const argument of node.arguments) this.#checkArgument(argument, call)
  }

  #checkArgument(node: TSESTree.Node, call: LibraryCall): void {
    if (node.type === AST_NODE_TYPES.SpreadElement) this.#checkEach(node.argument, call)
    else this.#checkRun(node, call)
  }

  /** The elements of a collection: those of an array that is written out, or what a callback makes of each item. */
  #checkEach(given: TSESTree.Node, call: LibraryCall): void {
    const node = unwrap(given)
    if (node.type === AST_NODE_TYPES.ArrayExpression) {
      for (const element of node.elements) if (element !== null) this.#checkArgument(element, call)
      return
    }
    const callback = mappingIn(node)
    if (callback === null) return
    if (isFunction(callback)) this.#checkMapping(callback, call)
    else if (!this.#library.isCompiled && this.#makesPromises(node, callback)) this.#report(node, 'started', call, null)
  }

  /** `urls.map(get)`: whether what is given by name is an async function. */
  #makesPromises(node: TSESTree.Node, callback: TSESTree.Node): boolean {
    const fn = calleeIn(this.#library.sourceCode, callback)
    if (isFunction(fn)) return fn.async && !fn.generator
    return this.#library.types?.natureOfElements(node) === 'foreign'
  }

  #checkMapping(
    callback: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression | TSESTree.FunctionDeclaration,
    call: LibraryCall,
  ): void {
    const { body } = callback
    if (callback.async && !callback.generator) {
      if (!this.#library.isCompiled) this.#report(callback, 'started', call, null)
      return
    }
    if (!body) return
    if (body.type !== AST_NODE_TYPES.BlockStatement) return this.#checkRun(body, call)
    const last = body.body.at(-1)
    if (last?.type === AST_NODE_TYPES.ReturnStatement && last.argument !== null) this.#checkRun(last.argument, call)
  }

  #checkRun(given: TSESTree.Node | undefined, call: LibraryCall): void {
    if (given === undefined) return
    // A program that has to cast knows that it passes what is not taken: a test of that, say.
    if (given.type === AST_NODE_TYPES.TSAsExpression) return
    const node = unwrap(given)
    const nature = this.#library.natureOf(node)
    if (nature !== 'own' && nature !== 'foreign') return
    const isCall = node.type === AST_NODE_TYPES.CallExpression
    if (isCall && nature === 'own') {
      if (!this.#library.isCompiled) this.#report(node, REFUSES.test(call.name) ? 'refused' : 'started', call, node)
      return
    }
    if (REFUSES.test(call.name)) {
      // A variable may hold what a compiled async function has returned, which is a task of its own.
      if (isCall || !this.#library.isCompiled) this.#report(node, 'refused', call, isCall ? node : null)
    } else if (isCall && LIMITS.test(call.name) && !isConstructed(node)) this.#report(node, 'started', call, node)
  }

  #checkBody(given: TSESTree.Node | undefined, call: LibraryCall): void {
    if (given === undefined || given.type === AST_NODE_TYPES.TSAsExpression) return
    const node = unwrap(given)
    if (node.type !== AST_NODE_TYPES.CallExpression) return
    if (!NOT_FUNCTIONS.has(this.#library.natureOf(node))) return
    this.#report(node, 'body', call, node)
  }

  #report(node: TSESTree.Node, messageId: MessageId, call: LibraryCall, started: TSESTree.CallExpression | null): void {
    const { sourceCode } = this.#context
    const name = call.name.split('.').at(-1)!
    const text =
      started === null ? 'f()' : `${sourceCode.getText(started.callee).replaceAll(/\s+/g, ' ').slice(0, 40)}(…)`
    const fix = started === null ? null : this.#fixOf(started, call)
    const isSafe = messageId !== 'started' && started !== null && this.#isConstant(started)
    this.#context.report({
      node,
      messageId,
      data: { name, call: text },
      fix: isSafe ? fix : null,
      suggest: fix === null || isSafe ? [] : [{ messageId: 'pass', fix }],
    })
  }

  /** Makes a function of a call; nothing where its arguments wait themselves. */
  #fixOf(node: TSESTree.CallExpression, call: LibraryCall): TSESLint.ReportFixFunction | null {
    const { sourceCode } = this.#context
    if (someHere(node, this.#library.keys, waits)) return null
    const callee = unwrap(node.callee)
    if (isFunction(callee) && node.arguments.length === 0) {
      return (fixer) => fixer.replaceText(node, sourceCode.getText(callee))
    }
    const passed = `() => ${sourceCode.getText(node)}`
    if (call.name !== 'wait') return (fixer) => fixer.replaceText(node, passed)
    const name = importName(this.#library, 'createTask')
    if (name === null) return null
    return (fixer) => [...name.add(fixer), fixer.replaceText(node, `${name.text}(${passed})`)]
  }

  /** Whether a call does the same when it is made later. */
  #isConstant(node: TSESTree.CallExpression): boolean {
    const { sourceCode } = this.#context
    return node.arguments.every((argument) => {
      if (argument.type === AST_NODE_TYPES.Literal) return true
      if (argument.type !== AST_NODE_TYPES.Identifier) return false
      const reference = sourceCode.getScope(argument).references.find(({ identifier }) => identifier === argument)
      const variable = reference?.resolved
      return variable?.references.every((each) => !each.isWrite() || each.init === true) === true
    })
  }
}

const NOT_FUNCTIONS: ReadonlySet<Nature> = new Set<Nature>(['own', 'foreign', 'lazy', 'future', 'awaitable', 'other'])

function waits(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.AwaitExpression || node.type === AST_NODE_TYPES.YieldExpression
}

/** `Promise.resolve(…)`, `Promise.all(…)`: no function would make them otherwise. */
function isConstructed(node: TSESTree.CallExpression): boolean {
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.object.type !== AST_NODE_TYPES.Identifier) return false
  return callee.object.name === 'Promise'
}

/** Whether the first argument of `gather` is a collection of what is waited for. */
function isCollection(given: TSESTree.Node): boolean {
  const node = unwrap(given)
  return node.type === AST_NODE_TYPES.ArrayExpression || mappingIn(node) !== null
}

/** What is called for each item: the callback of `items.map(…)` and `Array.from(items, …)`. */
function mappingIn(node: TSESTree.Node): TSESTree.Node | null {
  if (node.type !== AST_NODE_TYPES.CallExpression) return null
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return null
  const name = propertyName(callee)
  if (name === 'map' || name === 'flatMap') return node.arguments[0] ?? null
  const isFrom = name === 'from' && callee.object.type === AST_NODE_TYPES.Identifier && callee.object.name === 'Array'
  return isFrom ? (node.arguments[1] ?? null) : null
}
