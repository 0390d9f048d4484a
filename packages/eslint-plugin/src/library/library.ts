import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { isFunction } from '../ast/walk.ts'
import type { FunctionNode } from '../ast/walk.ts'
import { initializerOf, variableOf } from '../ast/variable-of.ts'
import { Bindings } from './bindings.ts'
import { FUNCTIONS, FUTURES, METHODS } from './call-spec.ts'
import type { CallSpec, LibraryCall } from './call-spec.ts'
import { calleeIn } from './local-calls.ts'
import { isOurs } from './nature.ts'
import type { Nature } from './nature.ts'
import { Receivers } from './receiver.ts'
import { TypeServices } from './type-services.ts'
import { Waits } from './waits.ts'
import type { FileFacts } from './waits.ts'

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
export class Library implements FileFacts {
  readonly sourceCode: Readonly<TSESLint.SourceCode>
  readonly keys: TSESLint.SourceCode.VisitorKeys
  readonly bindings: Bindings
  /** Nothing where the file is linted without types. */
  readonly types: TypeServices | null
  /** Whether a build compiles the program, so that a cancel reaches every await. */
  readonly isCompiled: boolean
  readonly waits: Waits = new Waits(this)
  readonly #receivers: Receivers
  readonly #natures = new Map<TSESTree.Node, Nature>()
  readonly #calls = new Map<TSESTree.CallExpression, LibraryCall | null>()
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
    return this.#receivers.classOf(node) ?? this.types?.classOf(node, CLASSES) ?? null
  }

  visibleClassOf(node: TSESTree.Node): string | null {
    return this.#receivers.classOf(node)
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
    if (called === null) return this.#isFromPromiseModule(root) || readsBody(node) ? 'foreign' : 'unknown'
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
    return this.waits.reachOfFunction(fn) === 'ours'
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
}

const CLASSES: ReadonlySet<string> = new Set(Object.keys(METHODS))
const METHOD_NAMES: ReadonlySet<string> = new Set(Object.values(METHODS).flatMap((methods) => Object.keys(methods)))

/** Whether a call reads what an answer of the host's has brought: `answer.json()`. */
export function readsBody(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression || node.arguments.length > 0) return false
  return /^(?:json|text|arrayBuffer|blob|bytes|formData)$/.test(propertyName(callee) ?? '')
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
