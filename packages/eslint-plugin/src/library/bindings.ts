import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { isLibraryModule } from './call-spec.ts'

type Variable = TSESLint.Scope.Variable

/** Stands for the module itself: `import * as asyncio`. */
const NAMESPACE = '*'

/** What the names of a file stand for, as far as its own text tells: `sleep`, `asyncio.sleep`, `const nap = sleep`. */
export class Bindings {
  /** The exported name behind an identifier or a member expression. */
  readonly #names = new Map<TSESTree.Node, string>()
  readonly #bound = new Set<Variable>()
  /** The names that the file's own variables have for what it imports, for fixes. */
  readonly #locals = new Map<string, string>()

  constructor(sourceCode: Readonly<TSESLint.SourceCode>) {
    if (!sourceCode.text.includes('asyncio-ts')) return
    for (const scope of sourceCode.scopeManager?.scopes ?? []) {
      for (const variable of scope.variables) for (const definition of variable.defs) this.#define(variable, definition)
    }
  }

  /** Whether the file names the library at all. */
  get isEmpty(): boolean {
    return this.#bound.size === 0
  }

  nameOf(node: TSESTree.Node): string | null {
    const name = this.#names.get(unwrap(node)) ?? null
    return name === NAMESPACE ? null : name
  }

  /** What the file itself writes for an exported name, `null` where it has to import it first. */
  localOf(name: string): string | null {
    const namespace = this.#locals.get(NAMESPACE)
    return this.#locals.get(name) ?? (namespace === undefined ? null : `${namespace}.${name}`)
  }

  #define(variable: Variable, definition: TSESLint.Scope.Definition): void {
    const { node } = definition
    switch (node.type) {
      case AST_NODE_TYPES.ImportSpecifier:
        if (isLibraryImport(node.parent)) this.#bind(variable, importedName(node))
        return
      case AST_NODE_TYPES.ImportNamespaceSpecifier:
      case AST_NODE_TYPES.ImportDefaultSpecifier:
        if (isLibraryImport(node.parent)) this.#bind(variable, NAMESPACE)
        return
      case AST_NODE_TYPES.TSImportEqualsDeclaration: {
        const { moduleReference: reference } = node
        const source = reference.type === AST_NODE_TYPES.TSExternalModuleReference ? reference.expression : null
        if (isLibraryLiteral(source)) this.#bind(variable, NAMESPACE)
        return
      }
      case AST_NODE_TYPES.VariableDeclarator:
        if (node.init !== null && isLoadOfLibrary(node.init)) this.#bindPattern(variable, node.id, NAMESPACE)
        return
      default:
    }
  }

  #bind(variable: Variable, name: string): void {
    if (this.#bound.has(variable)) return
    this.#bound.add(variable)
    if (!this.#locals.has(name)) this.#locals.set(name, variable.name)
    for (const { identifier } of variable.references) this.#mark(identifier, name, variable)
  }

  /** Notes what an expression stands for, and what is made of it. */
  #mark(node: TSESTree.Node, name: string, variable: Variable): void {
    this.#names.set(node, name)
    const { parent } = node
    if (name === NAMESPACE && parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === node) {
      const property = propertyName(parent)
      if (property !== null) this.#mark(parent, property === 'default' ? NAMESPACE : property, variable)
      return
    }
    if (parent?.type !== AST_NODE_TYPES.VariableDeclarator || parent.init !== node) return
    if (parent.parent.kind !== 'const') return
    for (const made of variable.scope.childScopes.length === 0 ? [variable.scope] : scopesFrom(variable.scope)) {
      for (const each of made.variables) {
        if (each.defs.some((definition) => definition.node === parent)) this.#bindPattern(each, parent.id, name)
      }
    }
  }

  /** Binds a variable that a pattern takes out of what a name stands for. */
  #bindPattern(variable: Variable, pattern: TSESTree.Node, name: string): void {
    if (pattern.type === AST_NODE_TYPES.Identifier) {
      if (pattern.name === variable.name) this.#bind(variable, name)
      return
    }
    if (pattern.type !== AST_NODE_TYPES.ObjectPattern || name !== NAMESPACE) return
    for (const property of pattern.properties) {
      if (property.type !== AST_NODE_TYPES.Property || property.key.type !== AST_NODE_TYPES.Identifier) continue
      const { value } = property
      if (value.type === AST_NODE_TYPES.Identifier && value.name === variable.name) {
        this.#bind(variable, property.key.name)
      }
    }
  }
}

function* scopesFrom(scope: TSESLint.Scope.Scope): Generator<TSESLint.Scope.Scope> {
  yield scope
  for (const child of scope.childScopes) yield* scopesFrom(child)
}

function importedName(node: TSESTree.ImportSpecifier): string {
  const name = node.imported.type === AST_NODE_TYPES.Identifier ? node.imported.name : node.imported.value
  return name === 'default' ? NAMESPACE : name
}

function isLibraryImport(node: TSESTree.Node | undefined): boolean {
  return node?.type === AST_NODE_TYPES.ImportDeclaration && isLibraryModule(node.source.value)
}

function isLibraryLiteral(node: TSESTree.Node | null | undefined): boolean {
  return node?.type === AST_NODE_TYPES.Literal && typeof node.value === 'string' && isLibraryModule(node.value)
}

/** `require('asyncio-ts')` and `await import('asyncio-ts')`. */
function isLoadOfLibrary(given: TSESTree.Node): boolean {
  const node = unwrap(given)
  if (node.type === AST_NODE_TYPES.AwaitExpression) return isLoadOfLibrary(node.argument)
  if (node.type === AST_NODE_TYPES.ImportExpression) return isLibraryLiteral(node.source)
  if (node.type !== AST_NODE_TYPES.CallExpression || node.callee.type !== AST_NODE_TYPES.Identifier) return false
  return node.callee.name === 'require' && isLibraryLiteral(node.arguments[0])
}
