import type { Node } from 'acorn'
import type { Parse } from './parser.ts'

/** A node of the syntax tree, whatever it is: its children are found by looking. */
type Tree = Node & Record<string, unknown>

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

const isTree = (value: unknown): value is Tree => typeof (value as Tree | null)?.type === 'string'

const isFunction = (node: Tree): boolean => /^(Function|Arrow)/.test(node.type)

function* childrenOf(node: Tree): Generator<Tree> {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) yield* value.filter(isTree)
    else if (isTree(value)) yield value
  }
}

/** The names that a pattern binds: of `{ a, b: [c = d] }` they are a and c. */
function* namesIn(pattern: Tree): Generator<string> {
  switch (pattern.type) {
    case 'Identifier':
      yield pattern['name'] as string
      break
    case 'Property':
      yield* namesIn(pattern['value'] as Tree)
      break
    case 'AssignmentPattern':
      yield* namesIn(pattern['left'] as Tree)
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
function hoist(node: Tree, scope: Scope): void {
  if (isFunction(node) || node.type.startsWith('Class')) return
  if (node.type === 'VariableDeclaration' && node['kind'] === 'var') declare(node, scope)
  for (const child of childrenOf(node)) hoist(child, scope)
}

function declare(node: Tree, scope: Scope): void {
  if (node.type === 'VariableDeclaration') {
    for (const { id } of node['declarations'] as { id: Tree }[]) for (const name of namesIn(id)) scope.declare(name)
  } else if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    scope.declare((node['id'] as Tree)['name'] as string)
  }
}

/** Finds the names that a program uses and does not declare. */
class Finder {
  readonly found = new Set<string>()
  /** Those that are called as compilers call the helper that keeps the names of functions. */
  readonly nameKeepers = new Set<string>()

  visit(node: Tree, scope: Scope): void {
    switch (node.type) {
      case 'Identifier':
        if (!scope.has(node['name'] as string)) this.found.add(node['name'] as string)
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
        this.#visitBlock(node, scope, isTree(node['param']) ? namesIn(node['param']) : [])
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

  #visitOther(node: Tree, scope: Scope): void {
    if (node.type === 'MetaProperty') {
      if ((node['meta'] as Tree)['name'] === 'import') this.found.add('import.meta')
      return
    }
    // Asking for the type of a name that is nowhere is how code finds out.
    if (node.type === 'UnaryExpression' && node['operator'] === 'typeof' && isName(node['argument'])) return
    const keeper = nameKeeperIn(node)
    if (keeper !== null && !scope.has(keeper['name'] as string)) this.nameKeepers.add(keeper['name'] as string)
    const isLabelled = /^(Labeled|Break|Continue)Statement$/.test(node.type)
    for (const child of childrenOf(node)) {
      if (isLabelled && child === node['label']) continue
      if (child === keeper || isKey(node, child)) continue
      this.visit(child, scope)
    }
  }

  #visitFunction(node: Tree, outer: Scope): void {
    const scope = new Scope(outer)
    if (node.type !== 'ArrowFunctionExpression') scope.declare('arguments')
    if (isTree(node['id'])) scope.declare((node['id'] as Tree)['name'] as string)
    for (const param of node['params'] as Tree[]) for (const name of namesIn(param)) scope.declare(name)
    hoist(node['body'] as Tree, scope)
    for (const child of childrenOf(node)) this.visit(child, scope)
  }

  #visitNamed(node: Tree, outer: Scope): void {
    const scope = new Scope(outer)
    if (isTree(node['id'])) scope.declare((node['id'] as Tree)['name'] as string)
    this.#visitOther(node, scope)
  }

  #visitBlock(node: Tree, outer: Scope, names: Iterable<string>): void {
    const scope = new Scope(outer)
    for (const name of names) scope.declare(name)
    for (const child of childrenOf(node)) {
      declare(child, scope)
      if (child.type === 'SwitchCase') for (const each of childrenOf(child)) declare(each, scope)
    }
    this.#visitOther(node, scope)
  }
}

const isName = (node: unknown): boolean => isTree(node) && node.type === 'Identifier'

/** What is called in `r(() => 1, "inner")`, `r(inner, "inner")` and `r(this, "Inner")`. */
function nameKeeperIn(node: Tree): Tree | null {
  if (node.type !== 'CallExpression') return null
  const callee = node['callee'] as Tree
  const [fn, name, ...rest] = node['arguments'] as Tree[]
  if (callee.type !== 'Identifier' || !NAME_KEEPER.test(callee['name'] as string) || rest.length > 0) return null
  const isNamed = fn !== undefined && (isFunction(fn) || /^(ClassExpression|ThisExpression|Identifier)$/.test(fn.type))
  return isNamed && typeof name?.['value'] === 'string' ? callee : null
}

/** Whether a child only names a member of its parent: `.length`, `{ length: … }`, `length() { … }`. */
function isKey(node: Tree, child: Tree): boolean {
  if (node['computed'] === true) return false
  if (node.type === 'MemberExpression') return child === node['property']
  const isMember = node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition'
  return isMember && child === node['key'] && child !== node['value']
}

/** The names that an expression uses and does not declare itself. */
export interface FreeVariables {
  readonly free: ReadonlySet<string>
  /** Those of the helper that keeps the names of functions, and of nothing else. */
  readonly nameKeepers: ReadonlySet<string>
}

/** @throws SyntaxError when it is no expression */
export function freeVariables(parse: Parse, source: string): FreeVariables {
  const finder = new Finder()
  const options = { ecmaVersion: 'latest', sourceType: 'module', allowAwaitOutsideFunction: false } as const
  finder.visit(parse(source, 0, options) as unknown as Tree, new Scope(null))
  const nameKeepers = new Set([...finder.nameKeepers].filter((name) => !finder.found.has(name)))
  return { free: finder.found, nameKeepers }
}
