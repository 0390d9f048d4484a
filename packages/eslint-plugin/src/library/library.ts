import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { isFunction, walk, walkHere } from '../ast/walk.ts'
import type { FunctionNode } from '../ast/walk.ts'
import { initializerOf, variableOf } from '../ast/variable-of.ts'
import { Bindings } from './bindings.ts'
import { ASYNC_ITERABLES, FUNCTIONS, FUTURES, LOCKS, METHODS } from './call-spec.ts'
import type { CallSpec } from './call-spec.ts'
import { calleeIn } from './local-calls.ts'
import { isOurs } from './nature.ts'
import type { Nature } from './nature.ts'
import { Receivers } from './receiver.ts'
import { furthest, TypeServices } from './type-services.ts'
import type { Reach } from './type-services.ts'

/** A call of the library: what it is called there, and what the rules know of it. */
export interface LibraryCall {
  /** `sleep`, or the class and the method: `Lock.acquire`. */
  readonly name: string
  readonly spec: CallSpec
}

/** Functions of the host whose promises no cancel reaches. */
const FOREIGN_GLOBALS: ReadonlySet<string> = new Set(['fetch', 'Promise'])

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>

const libraries = new WeakMap<object, Library>()

/** What the rules ask about one file, whichever of them asks first. */
export function libraryOf(context: Context): Library {
  let library = libraries.get(context.sourceCode)
  if (library === undefined) {
    library = new Library(context)
    libraries.set(context.sourceCode, library)
  }
  return library
}

/** One file, seen as a program that uses the library. */
export class Library {
  readonly sourceCode: Readonly<TSESLint.SourceCode>
  readonly keys: TSESLint.SourceCode.VisitorKeys
  readonly bindings: Bindings
  /** Nothing where the file is linted without types. */
  readonly types: TypeServices | null
  /** Whether a build compiles the program, so that a cancel reaches every await. */
  readonly isCompiled: boolean
  readonly #receivers: Receivers
  readonly #natures = new Map<TSESTree.Node, Nature>()
  readonly #calls = new Map<TSESTree.CallExpression, LibraryCall | null>()
  readonly #reaches = new Map<TSESTree.Node, Reach>()
  #depth = 0

  constructor(context: Context) {
    const { sourceCode } = context
    this.sourceCode = sourceCode
    this.keys = sourceCode.visitorKeys
    this.bindings = new Bindings(sourceCode)
    const services = sourceCode.parserServices
    const types = services?.program ? new TypeServices(services as ConstructorParameters<typeof TypeServices>[0]) : null
    this.types = types !== null && (!this.bindings.isEmpty || types.usesLibrary) ? types : null
    this.isCompiled = isCompiled(context.settings)
    this.#receivers = new Receivers(sourceCode, this.bindings)
  }

  /** Whether the file can have anything to do with the library: rules have nothing to look for otherwise. */
  get isUsed(): boolean {
    return this.types !== null || !this.bindings.isEmpty
  }

  /** The exported name behind an expression: `sleep` for `asyncio.sleep`, and for `nap` where that is its import. */
  exportedName(node: TSESTree.Node): string | null {
    const name = this.bindings.nameOf(node)
    if (name !== null || this.types === null) return name
    const inner = unwrap(node)
    if (inner.type === AST_NODE_TYPES.Identifier && !this.#isImported(inner)) return null
    const asked = inner.type === AST_NODE_TYPES.MemberExpression ? inner.property : inner
    return asked.type === AST_NODE_TYPES.Identifier ? this.types.exportedName(asked) : null
  }

  callOf(node: TSESTree.CallExpression): LibraryCall | null {
    let call = this.#calls.get(node)
    if (call === undefined) {
      call = this.#computeCall(node)
      this.#calls.set(node, call)
    }
    return call
  }

  /** The library's class that an expression is an instance of. */
  classOf(node: TSESTree.Node): string | null {
    return this.#receivers.classOf(node) ?? this.types?.classOf(node, LOCKS) ?? null
  }

  natureOf(given: TSESTree.Node): Nature {
    const node = unwrap(given)
    let nature = this.#natures.get(node)
    if (nature === undefined) {
      if (this.#depth > 12) return 'unknown'
      this.#depth++
      try {
        nature = this.#computeNature(node)
      } finally {
        this.#depth--
      }
      this.#natures.set(node, nature)
    }
    return nature
  }

  /** Whether a wait on an expression can throw a CancelledError: a wait of the library's, at whatever depth. */
  isCancellable(given: TSESTree.Node): boolean {
    const node = unwrap(given)
    const nature = this.natureOf(node)
    if (isOurs(nature)) return true
    if (node.type !== AST_NODE_TYPES.CallExpression) return false
    if (this.#isPromiseCombinator(node)) return this.#mentionsOurs(node)
    return nature !== 'other' && nature !== 'function' && this.reachOf(node) === 'ours'
  }

  /** Whether a node waits, so that a cancel may be thrown there. In a compiled program every await does. */
  isWait(node: TSESTree.Node): boolean {
    switch (node.type) {
      case AST_NODE_TYPES.AwaitExpression:
        return this.isCompiled || this.isCancellable(node.argument)
      case AST_NODE_TYPES.YieldExpression:
        return (
          node.delegate && node.argument !== undefined && node.argument !== null && this.isCancellable(node.argument)
        )
      case AST_NODE_TYPES.ForOfStatement:
        return node.await && (this.isCompiled || this.#isAsyncIterable(node.right))
      default:
        return false
    }
  }

  /** Where the waits of what a call calls lead to. */
  reachOf(node: TSESTree.CallExpression): Reach {
    if (this.types !== null) {
      const reach = this.types.reachOfCall(node)
      if (reach !== 'unknown') return reach
    }
    const callee = calleeIn(this.sourceCode, node.callee)
    return callee === null ? 'unknown' : this.#reachOfFunction(callee)
  }

  #isImported(node: TSESTree.Identifier): boolean {
    const variable = variableOf(this.sourceCode, node)
    return variable?.defs.some(({ type }) => type === 'ImportBinding') === true
  }

  #computeCall(node: TSESTree.CallExpression): LibraryCall | null {
    const callee = unwrap(node.callee)
    if (callee.type === AST_NODE_TYPES.MemberExpression) {
      const method = this.#methodCall(callee)
      if (method !== null) return method
    }
    const name = this.exportedName(callee)
    const spec = name === null ? undefined : FUNCTIONS[name]
    return name === null || spec === undefined ? null : { name, spec }
  }

  #methodCall(callee: TSESTree.MemberExpression): LibraryCall | null {
    const name = propertyName(callee)
    if (name === null || !METHOD_NAMES.has(name)) return null
    const owner = this.#receivers.classOf(callee.object)
    const visible = owner === null ? undefined : METHODS[owner]?.[name]
    if (owner !== null && visible !== undefined) return { name: `${owner}.${name}`, spec: visible }
    const method = this.types?.methodOf(callee.property) ?? null
    if (method === null) return null
    const className = method.owner.endsWith('Loop') ? 'EventLoop' : method.owner
    const spec = METHODS[className]?.[name]
    return spec === undefined ? null : { name: `${className}.${name}`, spec }
  }

  #computeNature(node: TSESTree.Node): Nature {
    const nature = this.types?.natureOf(node) ?? 'unknown'
    return nature === 'unknown' ? this.#visibleNature(node) : nature
  }

  /** What the text of the file shows. */
  #visibleNature(node: TSESTree.Node): Nature {
    switch (node.type) {
      case AST_NODE_TYPES.CallExpression:
        return this.#natureOfCall(node)
      case AST_NODE_TYPES.NewExpression:
        return this.#natureOfNew(node)
      case AST_NODE_TYPES.Identifier: {
        const variable = variableOf(this.sourceCode, node)
        const init = variable === null ? null : initializerOf(variable)
        if (init !== null) return isFunction(init) ? 'function' : this.natureOf(init)
        return FUTURES.has(this.#receivers.classOf(node) ?? '') ? 'future' : 'unknown'
      }
      case AST_NODE_TYPES.ConditionalExpression:
        return either(this.natureOf(node.consequent), this.natureOf(node.alternate))
      case AST_NODE_TYPES.LogicalExpression:
        return either(this.natureOf(node.left), this.natureOf(node.right))
      case AST_NODE_TYPES.SequenceExpression:
        return this.natureOf(node.expressions.at(-1)!)
      case AST_NODE_TYPES.ArrowFunctionExpression:
      case AST_NODE_TYPES.FunctionExpression:
        return 'function'
      case AST_NODE_TYPES.Literal:
      case AST_NODE_TYPES.TemplateLiteral:
      case AST_NODE_TYPES.ObjectExpression:
      case AST_NODE_TYPES.ArrayExpression:
        return 'other'
      default:
        return 'unknown'
    }
  }

  #natureOfCall(node: TSESTree.CallExpression): Nature {
    const call = this.callOf(node)
    if (call !== null) return natureOfResult(call.spec)
    const callee = unwrap(node.callee)
    const root = callee.type === AST_NODE_TYPES.MemberExpression ? callee.object : callee
    if (root.type === AST_NODE_TYPES.Identifier && FOREIGN_GLOBALS.has(root.name)) {
      return (variableOf(this.sourceCode, root)?.defs.length ?? 0) === 0 ? 'foreign' : 'unknown'
    }
    const called = calleeIn(this.sourceCode, callee)
    if (called === null) return this.#isFromPromiseModule(root) ? 'foreign' : 'unknown'
    return this.#natureOfCalled(called)
  }

  #natureOfCalled(called: TSESTree.Node): Nature {
    if (isFunction(called)) {
      if (called.generator && called.async) return 'other'
      if (called.generator) return this.#isCoroutineBody(called) ? 'lazy' : 'unknown'
      if (called.async) return 'own'
      if (called.body?.type === AST_NODE_TYPES.BlockStatement || !called.body) return 'unknown'
      const nature = this.natureOf(called.body)
      return nature === 'foreign' ? 'own' : nature
    }
    const isMade = called.type === AST_NODE_TYPES.CallExpression && this.exportedName(called.callee) === 'coroutine'
    return isMade ? 'lazy' : 'unknown'
  }

  #natureOfNew(node: TSESTree.NewExpression): Nature {
    if (FUTURES.has(this.exportedName(node.callee) ?? '')) return 'future'
    const isPromise = node.callee.type === AST_NODE_TYPES.Identifier && node.callee.name === 'Promise'
    return isPromise ? 'foreign' : 'unknown'
  }

  /** Whether a `function*` waits on the library: a generator of anything else is no coroutine. */
  #isCoroutineBody(fn: FunctionNode): boolean {
    return this.#reachOfFunction(fn) === 'ours'
  }

  /** `import { setTimeout } from 'node:timers/promises'`. */
  #isFromPromiseModule(node: TSESTree.Node): boolean {
    if (node.type !== AST_NODE_TYPES.Identifier) return false
    const [definition] = variableOf(this.sourceCode, node)?.defs ?? []
    const declaration = definition?.node.parent
    return (
      declaration?.type === AST_NODE_TYPES.ImportDeclaration &&
      /^(?:node:)?(?:[\w/]+\/)?promises$/.test(declaration.source.value)
    )
  }

  #reachOfFunction(node: TSESTree.Node): Reach {
    const known = this.#reaches.get(node)
    if (known !== undefined) return known
    const body = isFunction(node) ? node.body : node.type === AST_NODE_TYPES.CallExpression ? node : null
    if (!body) return 'unknown'
    this.#reaches.set(node, 'none')
    let reach: Reach = body.type === AST_NODE_TYPES.BlockStatement ? 'none' : this.#reachOfExpression(body)
    const visit = (each: TSESTree.Node, isInside: boolean): void => {
      walk(each, this.keys, (inner) => {
        const waited = reach === 'ours' ? null : waitedIn(inner)
        const found = waited === null ? 'none' : this.#reachOfExpression(waited)
        // A callback may run at any time, or never: only a wait of the library's counts there.
        if (found === 'ours' || !isInside) reach = furthest(reach, found)
        if (inner.type === AST_NODE_TYPES.ForOfStatement && inner.await && this.#isAsyncIterable(inner.right))
          {reach = 'ours'}
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
    const nature = this.natureOf(node)
    if (nature === 'own' && node.type === AST_NODE_TYPES.CallExpression) return this.reachOf(node)
    if (nature === 'own' || nature === 'foreign') return 'foreign'
    return nature === 'unknown' ? 'unknown' : 'none'
  }

  #isAsyncIterable(node: TSESTree.Node): boolean {
    const name = this.#receivers.classOf(node)
    if (name !== null) return ASYNC_ITERABLES.has(name)
    const inner = unwrap(node)
    if (inner.type === AST_NODE_TYPES.CallExpression && this.callOf(inner)?.name === 'asCompleted') return true
    return this.types?.isAsyncIterable(inner, ASYNC_ITERABLES) ?? false
  }

  #isPromiseCombinator(node: TSESTree.CallExpression): boolean {
    const { callee } = node
    if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.object.type !== AST_NODE_TYPES.Identifier)
      {return false}
    return callee.object.name === 'Promise' && /^(?:all|allSettled|any|race)$/.test(propertyName(callee) ?? '')
  }

  /** Whether the arguments of a call make something of the library's, in callbacks too. */
  #mentionsOurs(node: TSESTree.CallExpression): boolean {
    let found = false
    for (const argument of node.arguments) {
      walk(argument, this.keys, (each) => {
        if (!found && each.type === AST_NODE_TYPES.CallExpression) found = this.isCancellable(each)
        return !found
      })
    }
    return found
  }

  /** Calls back for each wait in a node, functions inside left out. */
  waitsIn(node: TSESTree.Node, visit: (wait: TSESTree.Node) => void): void {
    walkHere(node, this.keys, (each) => {
      if (this.isWait(each)) visit(each)
    })
  }

  /** Whether a node waits on the library anywhere, functions inside left out. */
  hasWait(node: TSESTree.Node): boolean {
    let found = false
    walkHere(node, this.keys, (each) => {
      found ||= this.isWait(each)
      return !found
    })
    return found
  }
}

const METHOD_NAMES: ReadonlySet<string> = new Set(Object.values(METHODS).flatMap((methods) => Object.keys(methods)))

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

function natureOfResult(spec: CallSpec): Nature {
  return spec.returns === 'promise' ? 'foreign' : spec.returns
}

function either(first: Nature, second: Nature): Nature {
  if (isOurs(first)) return first
  return isOurs(second) ? second : first === second ? first : 'unknown'
}

function isCompiled(settings: Readonly<Record<string, unknown>>): boolean {
  const own = settings['asyncio-ts']
  return typeof own === 'object' && own !== null && (own as { compiled?: unknown }).compiled === true
}
