import type { Node } from '@babel/types'
import type { Part } from './edits.ts'

/** What opens a scope. What has a list of statements comes first. */
export type ScopeKind =
  | 'program'
  | 'body'
  | 'block'
  | 'namespace'
  | 'static'
  | 'arrow'
  | 'switch'
  | 'params'
  | 'name'
  | 'class'
  | 'field'
  | 'loop'
  | 'catch'

export type VariableKind =
  'param' | 'const' | 'let' | 'var' | 'function' | 'class' | 'import' | 'name' | 'private' | 'catch' | 'made'

/** A name that is declared in a scope. */
export interface Variable {
  readonly name: string
  readonly kind: VariableKind
  readonly scope: Scope
  /** From here on in the source it has its value. */
  readonly from: number
  /** Whether anything assigns to it after that. */
  written: boolean
}

/** What a scope with a list of statements gets in addition. */
export interface Additions {
  /** A directive of the function whose body it is. */
  directive: string
  /** Variables that are declared at its start. */
  readonly variables: string[]
  /** Declarations at its end. */
  readonly moved: Part[]
}

/** A statement of a list. */
export interface Listed {
  readonly start: number
  readonly end: number
  /** When its visit had ended. */
  readonly order: number
}

const withStatements: ReadonlySet<ScopeKind> = new Set(['program', 'body', 'block', 'namespace', 'static', 'arrow'])

const takesVar: ReadonlySet<ScopeKind> = new Set(['program', 'body', 'arrow', 'static', 'namespace', 'field', 'params'])

/** What scopes have to know of the functions that they belong to. */
export interface Owner {
  readonly parent: Owner | null
  /** The scope of its parameters. */
  readonly scope: Scope
  readonly captures: Set<Variable>
  readonly usesArguments: boolean
  readonly place: { readonly isStrict: boolean }
}

/** How a scope lies in the program. */
export interface Place {
  /** The function that it belongs to. */
  readonly owner: Owner | null
  readonly enter: number
  readonly isStrict: boolean
  /** How many loops of that function are around it. */
  readonly loops: number
}

/** A scope of the source, in the chain of those around it. */
export class Scope {
  readonly depth: number
  readonly place: Place
  readonly owner: Owner | null
  /** In the order of the visit. */
  readonly enter: number
  /** Code that names what cannot be seen stands in it: a direct `eval`, or a namespace that may be merged. */
  isDynamic = false
  /** Whether a class in it is evaluated at most once for each time that the statements around it are. */
  readonly isOnce: boolean
  variables: Map<string, Variable> | null = null
  readonly additions: Additions = { directive: '', variables: [], moved: [] }
  readonly statements: Listed[] = []

  constructor(
    readonly kind: ScopeKind,
    readonly parent: Scope | null,
    readonly node: Node,
    place: Place,
  ) {
    this.place = place
    this.owner = place.owner
    this.enter = place.enter
    this.depth = parent === null ? 0 : parent.depth + 1
    this.isOnce = parent !== null && parent.hasStatements && parent.place.loops === place.loops
  }

  get hasStatements(): boolean {
    return withStatements.has(this.kind)
  }

  declare(name: string, kind: VariableKind, from: number): void {
    this.variables ??= new Map()
    if (!this.variables.has(name)) this.variables.set(name, { name, kind, scope: this, from, written: false })
    else if (kind !== 'function' || this.variables.get(name)!.kind !== 'function') {
      this.variables.get(name)!.written = true
    }
  }

  /** The statement of its list in which a position is. */
  statementAt(position: number): Listed {
    let low = 0
    let high = this.statements.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.statements[middle]!.start <= position) low = middle
      else high = middle - 1
    }
    return this.statements[low]!
  }

  find(name: string): Variable | null {
    return this.variables?.get(name) ?? this.parent?.find(name) ?? null
  }

  /** The scope that a `var` in this one belongs to. */
  get forVar(): Scope {
    return this.parent === null || takesVar.has(this.kind) ? this : this.parent.forVar
  }
}
