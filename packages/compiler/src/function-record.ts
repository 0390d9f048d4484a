import type {
  ArrowFunctionExpression,
  AwaitExpression,
  BlockStatement,
  ClassMethod,
  ClassPrivateMethod,
  ForOfStatement,
  ForStatement,
  FunctionDeclaration,
  FunctionExpression,
  ObjectMethod,
  ReturnStatement,
  VariableDeclaration,
  YieldExpression,
} from '@babel/types'
import type { Scope, Variable } from './scope.ts'

export type FunctionNode =
  FunctionDeclaration | FunctionExpression | ArrowFunctionExpression | ObjectMethod | ClassMethod | ClassPrivateMethod

/** When a visit of a node began and ended, counted over the whole source: two edits at one place are put in this order. */
export interface Order {
  readonly enter: number
  exit: number
}

/** A place in a function where the compiled code differs. */
export interface Disposal extends Order {
  readonly kind: 'disposal'
  readonly node: BlockStatement | ForOfStatement | ForStatement
  /** Where the statement begins, its labels counted in. */
  readonly start: number
  readonly uses: VariableDeclaration[]
  /** Between what is looped over and the body, in the order of the visit. */
  middle: number
}

export type Point =
  | Disposal
  | (Order &
      (
        | { readonly kind: 'await'; readonly node: AwaitExpression; readonly parens: boolean; readonly guard: boolean }
        | { readonly kind: 'yield' | 'delegate'; readonly node: YieldExpression }
        | { readonly kind: 'return'; readonly node: ReturnStatement }
        | { readonly kind: 'loop'; readonly node: ForOfStatement; readonly start: number; middle: number }
      ))

/** A function of the source, or a field or static block: what has a `this` of its own, or is an arrow. */
export class FunctionRecord {
  exit = 0
  /** Why it stays as it is, if it does. */
  plain: string | null = null
  /** What it is called, as in a stack trace. */
  name = ''
  readonly points: Point[] = []
  readonly captures = new Set<Variable>()
  usesThis = false
  usesArguments = false
  /** What is handed to its generator before the arguments: the name there, and the expression in the call. */
  readonly handed = new Map<string, Variable>()
  readonly extras: { readonly name: string; readonly value: string }[] = []
  /** The scope of its parameters. */
  scope!: Scope
  bodyScope: Scope | null = null
  directives: readonly string[] = []
  isDecorated = false
  /** A declaration in a block, which is no variable of the function around it. */
  isInBlock = false
  isDerivedConstructor = false
  hasCalledSuper = false
  readonly enter: number

  constructor(
    readonly node: FunctionNode | null,
    readonly parent: FunctionRecord | null,
    /** The scope in which it stands. */
    readonly outer: Scope,
    readonly place: {
      readonly isStrict: boolean
      readonly enter: number
      /** Whether it begins a statement that stands in a list. */
      readonly isInList: boolean
    },
  ) {
    this.enter = place.enter
  }

  get isArrow(): boolean {
    return this.node?.type === 'ArrowFunctionExpression'
  }

  get isMethod(): boolean {
    return this.node !== null && this.node.type.endsWith('Method')
  }

  get isGenerator(): boolean {
    return this.node?.generator === true
  }

  get isCompiled(): boolean {
    return this.node?.async === true && this.plain === null
  }

  /** The function whose `this`, `arguments` and `super` it sees. */
  get owner(): FunctionRecord | null {
    return this.isArrow ? (this.parent?.owner ?? null) : this
  }

  /** The outermost compiled arrow that is between it (counted in) and the owner of its `this`, if there is one. */
  get outermostArrow(): FunctionRecord | null {
    if (!this.isArrow) return null
    return this.parent?.outermostArrow ?? (this.isCompiled ? this : null)
  }
}
