import type { Node, Statement } from '@babel/types'
import { forEachChild } from './children.ts'
import type { Disposal, FunctionRecord, Order } from './function-record.ts'
import { Scope } from './scope.ts'
import type { ScopeKind, VariableKind } from './scope.ts'

export interface Reference {
  readonly name: string
  readonly scope: Scope
  readonly isWrite: boolean
}

/** A mention of `super.x`, `arguments` or `new.target`. */
export interface Mention extends Order {
  readonly node: Node
  readonly parent: Node
  readonly record: FunctionRecord | null
}

export type Visitor<N extends Node = Node> = (walk: Walk, node: N, parent: Node) => void
export type Visitors = { readonly [T in Node['type']]?: Visitor<Extract<Node, { type: T }>> }

/** One visit of the whole source, in its order: finds scopes, functions, and where they wait. */
export class Walk {
  scope: Scope
  record: FunctionRecord | null = null
  isStrict: boolean
  loops = 0
  isInWith = false
  /** Functions that begin before this position stay as they are. */
  plainUntil = 0
  /** The innermost statement that stands in a list. */
  statement: Node | null = null
  /** Where the labels of the statement that comes begin. */
  labelStart: number | null = null
  /** The block whose statements are visited, and what it disposes of in the end. */
  disposal: Disposal | null = null
  className = ''
  isDerivedClass = false
  hasTopLevelAwait = false
  declaresArguments = false
  readonly names = new Set<string>()
  readonly records: FunctionRecord[] = []
  readonly references: Reference[] = []
  readonly supers: Mention[] = []
  readonly argumentLists: Mention[] = []
  readonly newTargets: Mention[] = []
  /** Names of functions that are sent elsewhere as text. */
  readonly sentAway = new Set<string>()
  /** What functions without a name of their own are called. */
  readonly givenNames = new Map<Node, string>()
  #order = 0

  constructor(
    program: Node,
    isStrict: boolean,
    readonly code: string,
    private readonly visitors: Visitors,
    private readonly markers: ReadonlySet<number>,
  ) {
    this.isStrict = isStrict
    this.scope = new Scope('program', null, program, { owner: null, enter: 0, isStrict, loops: 0 })
  }

  /** The next number in the order of the visit. */
  next(): number {
    return ++this.#order
  }

  visit(node: Node | null | undefined, parent: Node): void {
    if (node === null || node === undefined) return
    if (this.markers.has(node.start!)) this.plainUntil = Math.max(this.plainUntil, node.end!)
    // A visitor is filed under the type of the nodes that it takes.
    const visitor = this.visitors[node.type] as Visitor | undefined
    if (visitor !== undefined) visitor(this, node, parent)
    else this.visitChildren(node)
  }

  visitChildren(node: Node): void {
    forEachChild(node, (child) => this.visit(child, node))
  }

  visitList(nodes: readonly (Node | null)[] | null | undefined, parent: Node): void {
    for (const node of nodes ?? []) this.visit(node, parent)
  }

  /** Visits statements that stand in a list. */
  visitStatements(statements: readonly Statement[], parent: Node): void {
    const outer = this.statement
    for (const statement of statements) {
      this.statement = statement
      this.visit(statement, parent)
      this.endStatement(statement)
    }
    this.statement = outer
  }

  endStatement({ start, end }: Statement): void {
    if (this.scope.hasStatements) this.scope.statements.push({ start: start!, end: end!, order: this.next() })
  }

  within(kind: ScopeKind, node: Node, body: () => void): Scope {
    const outer = this.scope
    const scope = new Scope(kind, outer, node, {
      owner: this.record,
      enter: this.next(),
      isStrict: this.isStrict,
      loops: this.loops,
    })
    this.scope = scope
    body()
    this.scope = outer
    return scope
  }

  withinLoop(body: () => void): void {
    this.loops++
    body()
    this.loops--
  }

  declare(name: string, kind: VariableKind, from: number): void {
    this.names.add(name)
    if (name === 'arguments') this.declaresArguments = true
    const scope = kind === 'var' ? this.scope.forVar : this.scope
    scope.declare(name, kind, from)
  }

  refer(name: string, isWrite = false): void {
    this.names.add(name)
    this.references.push({ name, scope: this.scope, isWrite })
  }

  /** Leaves every function around this place as it is. */
  keepPlain(reason: string): void {
    for (let record = this.record; record !== null; record = record.parent) record.plain ??= reason
  }

  useThis(): void {
    for (let record = this.record; record !== null; record = record.parent) {
      record.usesThis = true
      if (!record.isArrow) break
    }
  }

  /** Ends a block: what it disposes of asynchronously is work for the function around it. */
  addDisposal(disposal: Disposal, record: FunctionRecord | null): void {
    if (disposal.uses.some(({ kind }) => kind === 'await using')) record?.points.push(disposal)
  }

  mention(node: Node, parent: Node): Mention {
    return { node, parent, record: this.record, enter: this.next(), exit: 0 }
  }
}
