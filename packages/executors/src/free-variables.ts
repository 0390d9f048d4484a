/* eslint-disable @typescript-eslint/switch-exhaustiveness-check -- There are eighty kinds of nodes, most treated alike. */
import type { AnyNode, CallExpression, Identifier } from 'acorn'
import type { Parse } from './parser.ts'

type FunctionNode = Extract<AnyNode, { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }>
type ClassNode = Extract<AnyNode, { type: 'ClassDeclaration' | 'ClassExpression' }>

/** The names that one scope declares. */
class Scope {
  readonly #names = new Set<string>()
  readonly #parent: Scope | null

  constructor(parent: Scope | null) {
    this.#parent = parent
  }

  declare(name: string): void {
    this.#names.add(name)
  }

  has(name: string): boolean {
    return this.#names.has(name) || (this.#parent?.has(name) ?? false)
  }
}

/** esbuild's helper, under its own name or a minified one. */
const NAME_KEEPER = /^(__name\d*|[A-Za-z_$][\w$]?)$/

/** Whether a field of a node is a node: its kinds are all known to the parser's types. */
const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

function isFunction(node: AnyNode): node is FunctionNode {
  return /^(Function|Arrow)/.test(node.type)
}

function* childrenOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values<unknown>({ ...node })) {
    if (Array.isArray(value)) yield* value.filter(isNode)
    else if (isNode(value)) yield value
  }
}

/** The names that a pattern binds: of `{ a, b: [c = d] }` they are a and c. */
function* namesIn(pattern: AnyNode): Generator<string> {
  switch (pattern.type) {
    case 'Identifier':
      yield pattern.name
      break
    case 'Property':
      yield* namesIn(pattern.value)
      break
    case 'AssignmentPattern':
      yield* namesIn(pattern.left)
      break
    case 'ObjectPattern':
    case 'ArrayPattern':
    case 'RestElement':
      for (const child of childrenOf(pattern)) yield* namesIn(child)
      break
    default:
  }
}

/** Declares what `var` and nested blocks hoist to the function. */
function hoist(node: AnyNode, scope: Scope): void {
  if (isFunction(node) || node.type.startsWith('Class')) return
  if (node.type === 'VariableDeclaration' && node.kind === 'var') declare(node, scope)
  for (const child of childrenOf(node)) hoist(child, scope)
}

function declare(node: AnyNode, scope: Scope): void {
  if (node.type === 'VariableDeclaration') {
    for (const { id } of node.declarations) for (const name of namesIn(id)) scope.declare(name)
  } else if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    if (node.id !== null) scope.declare(node.id.name)
  }
}

/** Finds the names that a program uses and does not declare. */
class Finder {
  readonly found = new Set<string>()
  /** Those that are called as compilers call the helper that keeps the names of functions. */
  readonly nameKeepers = new Set<string>()

  visit(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case 'Identifier':
        if (!scope.has(node.name)) this.found.add(node.name)
        break
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#visitFunction(node, scope)
        break
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#visitNamed(node, scope)
        break
      case 'CatchClause':
        this.#visitBlock(node, scope, isNode(node.param) ? namesIn(node.param) : [])
        break
      case 'BlockStatement':
      case 'StaticBlock':
      case 'SwitchStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#visitBlock(node, scope, [])
        break
      default:
        this.#visitOther(node, scope)
    }
  }

  #visitOther(node: AnyNode, scope: Scope): void {
    if (node.type === 'MetaProperty') {
      if (node.meta.name === 'import') this.found.add('import.meta')
      return
    }
    // Asking for the type of a name that is nowhere is how code finds out.
    if (node.type === 'UnaryExpression' && node.operator === 'typeof' && node.argument.type === 'Identifier') return
    const keeper = node.type === 'CallExpression' ? nameKeeperIn(node) : null
    if (keeper !== null && !scope.has(keeper.name)) this.nameKeepers.add(keeper.name)
    for (const child of childrenOf(node)) {
      if (child !== keeper && !isKey(node, child) && !isLabel(node, child)) this.visit(child, scope)
    }
  }

  #visitFunction(node: FunctionNode, outer: Scope): void {
    const scope = new Scope(outer)
    if (node.type !== 'ArrowFunctionExpression') scope.declare('arguments')
    if (isNode(node.id)) scope.declare(node.id.name)
    for (const param of node.params) for (const name of namesIn(param)) scope.declare(name)
    hoist(node.body, scope)
    for (const child of childrenOf(node)) this.visit(child, scope)
  }

  #visitNamed(node: ClassNode, outer: Scope): void {
    const scope = new Scope(outer)
    if (isNode(node.id)) scope.declare(node.id.name)
    this.#visitOther(node, scope)
  }

  #visitBlock(node: AnyNode, outer: Scope, names: Iterable<string>): void {
    const scope = new Scope(outer)
    for (const name of names) scope.declare(name)
    for (const child of childrenOf(node)) {
      declare(child, scope)
      if (child.type === 'SwitchCase') for (const each of childrenOf(child)) declare(each, scope)
    }
    this.#visitOther(node, scope)
  }
}

/** What is called in `r(() => 1, "inner")`, `r(inner, "inner")` and `r(this, "Inner")`. */
function nameKeeperIn({ callee, arguments: [fn, name, ...rest] }: CallExpression): Identifier | null {
  if (callee.type !== 'Identifier' || !NAME_KEEPER.test(callee.name) || rest.length > 0) return null
  const isNamed = fn !== undefined && (isFunction(fn) || /^(ClassExpression|ThisExpression|Identifier)$/.test(fn.type))
  return isNamed && name?.type === 'Literal' && typeof name.value === 'string' ? callee : null
}

/** Whether a child only names a member of its parent: `.length`, `{ length: … }`, `length() { … }`. */
function isKey(node: AnyNode, child: AnyNode): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return !node.computed && child === node.property
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return !node.computed && child === node.key && child !== node.value
    default:
      return false
  }
}

function isLabel(node: AnyNode, child: AnyNode): boolean {
  switch (node.type) {
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return child === node.label
    default:
      return false
  }
}

/** The names that an expression uses and does not declare itself. */
export interface FreeVariables {
  readonly free: ReadonlySet<string>
  /** Those of the helper that keeps the names of functions, and of nothing else. */
  readonly nameKeepers: ReadonlySet<string>
}

/** @throws SyntaxError if it is not an expression */
export function freeVariables(parse: Parse, source: string): FreeVariables {
  const finder = new Finder()
  const options = { ecmaVersion: 'latest', sourceType: 'module', allowAwaitOutsideFunction: false } as const
  finder.visit(parse(source, 0, options), new Scope(null))
  const nameKeepers = new Set([...finder.nameKeepers].filter((name) => !finder.found.has(name)))
  return { free: finder.found, nameKeepers }
}
