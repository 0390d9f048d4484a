import type { ParserServicesWithTypeInformation, TSESTree } from '@typescript-eslint/utils'
import ts from 'typescript'
import { isLibraryModule } from './call-spec.ts'
import { isOurs } from './nature.ts'
import type { Nature } from './nature.ts'
import { packageOf } from './package-of.ts'

const LAZY: ReadonlySet<string> = new Set(['CoroutineObject', 'InertCoroutine'])
const FUTURE: ReadonlySet<string> = new Set(['Future', 'FutureLike', 'Task', 'TaskLike', 'KernelFuture', 'KernelTask'])
/** What waits, in whatever way; `Steps` are what a coroutine object runs. */
const AWAITABLE: ReadonlySet<string> = new Set(['Awaitable', 'Steps'])
const GENERATORS: ReadonlySet<string> = new Set(['Generator', 'IterableIterator', 'Iterator', 'IteratorObject'])

/** What is known of the types of one program. */
interface ProgramFacts {
  readonly natures: WeakMap<ts.Type, Nature>
  readonly isLibraryFile: Map<string, boolean>
  readonly reaches: WeakMap<ts.Node, Reach>
  usesLibrary: boolean | undefined
}

/** Where the waits of a function lead: to the library, only to other promises, nowhere, or it cannot be told. */
export type Reach = 'ours' | 'foreign' | 'none' | 'unknown'

const programs = new WeakMap<ts.Program, ProgramFacts>()

function factsOf(program: ts.Program): ProgramFacts {
  let facts = programs.get(program)
  if (facts === undefined) {
    facts = { natures: new WeakMap(), isLibraryFile: new Map(), reaches: new WeakMap(), usesLibrary: undefined }
    programs.set(program, facts)
  }
  return facts
}

/** Answers the rules' questions from TypeScript's types. */
export class TypeServices {
  readonly #services: ParserServicesWithTypeInformation
  readonly #checker: ts.TypeChecker
  readonly #facts: ProgramFacts

  constructor(services: ParserServicesWithTypeInformation) {
    this.#services = services
    this.#checker = services.program.getTypeChecker()
    this.#facts = factsOf(services.program)
  }

  /** Whether any file of the program is the library's. */
  get usesLibrary(): boolean {
    return (this.#facts.usesLibrary ??= this.#services.program
      .getSourceFiles()
      .some((file) => this.#isLibraryFile(file.fileName)))
  }

  typeOf(node: TSESTree.Node): ts.Type {
    return this.#services.getTypeAtLocation(node)
  }

  /** What kind of value an expression has. A promise of a call is told apart by what makes it. */
  natureOf(node: TSESTree.Node): Nature {
    const nature = this.natureOfType(this.typeOf(node))
    if (nature !== 'foreign' || node.type !== 'CallExpression') return nature
    const declaration = this.declarationOf(node)
    return declaration !== null && this.#isOfProgram(declaration) ? 'own' : 'foreign'
  }

  natureOfType(type: ts.Type): Nature {
    const known = this.#facts.natures.get(type)
    if (known !== undefined) return known
    // A type may contain itself.
    this.#facts.natures.set(type, 'other')
    const nature = this.#computeNature(type)
    this.#facts.natures.set(type, nature)
    return nature
  }

  /** What the elements of an iterable are. */
  natureOfElements(node: TSESTree.Node): Nature {
    const type = this.#checker.getApparentType(this.typeOf(node))
    const element = this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? this.#argumentsOf(type)[0]
    return element === undefined ? 'unknown' : this.natureOfType(element)
  }

  /** Whether `for await` over it waits for the library. */
  isAsyncIterable(node: TSESTree.Node, names: ReadonlySet<string>): boolean {
    return this.#ancestorsOf(this.typeOf(node)).some(
      (symbol) => names.has(plain(symbol.name)) && this.#isDeclaredByLibrary(symbol),
    )
  }

  /** The library's class that a value is an instance of, of these. */
  classOf(node: TSESTree.Node, names: ReadonlySet<string>): string | null {
    const found = this.#ancestorsOf(this.typeOf(node)).find(
      (symbol) => names.has(plain(symbol.name)) && this.#isDeclaredByLibrary(symbol),
    )
    return found === undefined ? null : plain(found.name)
  }

  /** The name under which the library exports what an identifier or a member stands for. */
  exportedName(node: TSESTree.Node): string | null {
    let symbol = this.#services.getSymbolAtLocation(node)
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0) {
      symbol = this.#checker.getAliasedSymbol(symbol)
    }
    if (symbol === undefined || !this.#isDeclaredByLibrary(symbol)) return null
    const parent = symbol.declarations?.[0]?.parent
    const isTopLevel = parent !== undefined && (ts.isSourceFile(parent) || ts.isVariableDeclarationList(parent))
    return isTopLevel ? plain(symbol.name) : null
  }

  /** The class and the name of a method of the library. */
  methodOf(property: TSESTree.Node): { owner: string; name: string } | null {
    const symbol = this.#services.getSymbolAtLocation(property)
    const declaration = symbol?.declarations?.[0]
    if (symbol === undefined || declaration === undefined || !this.#isDeclaredByLibrary(symbol)) return null
    const { parent } = declaration
    const isMember = ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent)
    return isMember && parent.name !== undefined ? { owner: plain(parent.name.text), name: symbol.name } : null
  }

  /** The declaration of the function that a call calls. */
  declarationOf(node: TSESTree.CallExpression): ts.Declaration | null {
    const call = this.#services.esTreeNodeToTSNodeMap.get(node) as ts.CallLikeExpression
    return this.#checker.getResolvedSignature(call)?.declaration ?? null
  }

  /** Whether a call's parameter at a position gets a function whose result nobody looks at. */
  isVoidCallback(node: TSESTree.Expression): boolean {
    const expression = this.#services.esTreeNodeToTSNodeMap.get(node) as ts.Expression
    const type = this.#checker.getContextualType(expression)
    const signatures = type === undefined ? [] : this.#callSignaturesOf(type)
    return signatures.length > 0 && signatures.every((each) => isVoid(each.getReturnType()))
  }

  /** Whether `yield*` takes a value: a promise of another library may be made for generators, too. */
  isIterable(node: TSESTree.Node): boolean {
    return this.typeOf(node)
      .getProperties()
      .some(({ name }) => name.startsWith('__@iterator'))
  }

  /** Whether a call never returns. */
  neverReturns(node: TSESTree.CallExpression): boolean {
    return (this.typeOf(node).flags & ts.TypeFlags.Never) !== 0
  }

  /** Whether what a call calls would take an AbortSignal. */
  takesSignal(node: TSESTree.CallExpression): boolean {
    const call = this.#services.esTreeNodeToTSNodeMap.get(node) as ts.CallExpression
    const signatures = this.#checker.getTypeAtLocation(call.expression).getCallSignatures()
    return signatures.some((signature) =>
      signature.getParameters().some((parameter) => {
        const type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(parameter))
        return type.symbol?.name === 'AbortSignal' || this.#checker.getPropertyOfType(type, 'signal') !== undefined
      }),
    )
  }

  /** Whether a value is an AbortSignal, or has one that it may pass on. */
  carriesSignal(node: TSESTree.Node): boolean {
    const type = this.typeOf(node)
    const parts = type.isUnion() ? type.types : [type]
    return parts.some((each) => {
      if (each.symbol?.name === 'AbortSignal') return true
      const signal = each.getProperty('signal')
      return signal !== undefined && this.#checker.getTypeOfSymbol(signal).getProperty('aborted') !== undefined
    })
  }

  /** Where the waits of what a call calls lead to. */
  reachOfCall(node: TSESTree.CallExpression): Reach {
    const declaration = this.declarationOf(node)
    return declaration === null ? 'unknown' : this.#reachOf(declaration, 0)
  }

  #reachOf(declaration: ts.Node, depth: number): Reach {
    const known = this.#facts.reaches.get(declaration)
    if (known !== undefined) return known
    if (depth > 8) return 'unknown'
    if (!this.#isOfProgram(declaration)) return 'foreign'
    const body = (declaration as Partial<ts.FunctionLikeDeclaration>).body
    if (body === undefined) return 'unknown'
    this.#facts.reaches.set(declaration, 'none')
    const reach = this.#reachOfBody(body, depth)
    this.#facts.reaches.set(declaration, reach)
    return reach
  }

  /** Looks at what is awaited or returned, in callbacks too: `Promise.all(names.map(async (name) => …))`. */
  #reachOfBody(body: ts.Node, depth: number): Reach {
    let reach: Reach = 'none'
    const visit = (node: ts.Node, isInside: boolean): void => {
      if (reach === 'ours') return
      const isFunction = isInside || ts.isFunctionLike(node)
      const waited = waitedIn(node, body)
      const found = waited === null ? 'none' : this.#reachOfExpression(waited, depth)
      // A callback may run at any time, or never: only a wait of the library's counts there.
      if (found === 'ours' || !isFunction) reach = furthest(reach, found)
      ts.forEachChild(node, (child) => visit(child, isFunction))
    }
    visit(body, false)
    return reach
  }

  #reachOfExpression(given: ts.Expression, depth: number): Reach {
    const node = inner(given)
    const type = this.#checker.getTypeAtLocation(node)
    const nature = this.natureOfType(type)
    if (isOurs(nature)) return 'ours'
    if (this.#ancestorsOf(type).some((symbol) => this.#isAsyncIterableOfLibrary(symbol))) return 'ours'
    if (nature !== 'foreign') return nature === 'unknown' ? 'unknown' : 'none'
    if (!ts.isCallExpression(node)) return 'foreign'
    const declaration = this.#checker.getResolvedSignature(node)?.declaration
    return declaration === undefined ? 'unknown' : this.#reachOf(declaration, depth + 1)
  }

  #isAsyncIterableOfLibrary(symbol: ts.Symbol): boolean {
    return (
      /^(?:Queue|StreamReader|Lines|AsCompleted|MappedCalls)$/.test(symbol.name) && this.#isDeclaredByLibrary(symbol)
    )
  }

  #computeNature(type: ts.Type): Nature {
    if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return 'unknown'
    if (type.isUnionOrIntersection()) return strongest(type.types.map((each) => this.natureOfType(each)))
    if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
      const constraint = this.#checker.getBaseConstraintOfType(type)
      return constraint === undefined || constraint === type ? 'unknown' : this.natureOfType(constraint)
    }
    if ((type.flags & ts.TypeFlags.Object) === 0) return 'other'
    const ancestors = this.#ancestorsOf(type)
    for (const symbol of ancestors) {
      const own = this.#natureOfSymbol(symbol)
      if (own !== null) return own
    }
    if (ancestors.some(({ name }) => GENERATORS.has(name)) && this.#yieldsAwaitables(type)) return 'lazy'
    if (ancestors.some(({ name }) => name === 'Promise' || name === 'PromiseLike')) return 'foreign'
    if (type.getCallSignatures().length > 0) return 'function'
    const then = type.getProperty('then')
    const isThenable = then !== undefined && this.#checker.getTypeOfSymbol(then).getCallSignatures().length > 0
    return isThenable ? 'foreign' : 'other'
  }

  #natureOfSymbol(symbol: ts.Symbol): Nature | null {
    const name = plain(symbol.name)
    const isKnown = LAZY.has(name) || FUTURE.has(name) || AWAITABLE.has(name)
    if (!isKnown || !this.#isDeclaredByLibrary(symbol)) return null
    return LAZY.has(name) ? 'lazy' : FUTURE.has(name) ? 'future' : 'awaitable'
  }

  /** A generator that hands awaitables to a task: what a `function*` made for `yield*` returns. */
  #yieldsAwaitables(type: ts.Type): boolean {
    const [yielded] = this.#argumentsOf(type)
    if (yielded === undefined) return false
    // A generator of futures hands them to whoever iterates; one that waits yields what it awaits, or nothing.
    const parts = yielded.isUnion() ? yielded.types : [yielded]
    return parts.some((each) => this.natureOfType(each) === 'awaitable')
  }

  #argumentsOf(type: ts.Type): readonly ts.Type[] {
    const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
    return isReference ? this.#checker.getTypeArguments(type as ts.TypeReference) : []
  }

  /** The symbols of a type and of everything it extends. */
  #ancestorsOf(type: ts.Type): ts.Symbol[] {
    const found: ts.Symbol[] = []
    const visit = (each: ts.Type, depth: number): void => {
      if (each.isUnionOrIntersection()) for (const part of each.types) visit(part, depth)
      if (each.symbol === undefined || found.includes(each.symbol) || depth > 8) return
      found.push(each.symbol)
      const target = (each as Partial<ts.TypeReference>).target ?? each
      if (target.isClassOrInterface()) for (const base of this.#checker.getBaseTypes(target)) visit(base, depth + 1)
    }
    visit(type, 0)
    return found
  }

  #callSignaturesOf(type: ts.Type): readonly ts.Signature[] {
    return (type.isUnion() ? type.types : [type]).flatMap((each) => [...each.getCallSignatures()])
  }

  #isOfProgram(declaration: ts.Node): boolean {
    const file = declaration.getSourceFile()
    return !file.isDeclarationFile && !this.#isLibraryFile(file.fileName)
  }

  #isDeclaredByLibrary(symbol: ts.Symbol): boolean {
    return symbol.declarations?.some((each) => this.#isLibraryFile(each.getSourceFile().fileName)) === true
  }

  #isLibraryFile(fileName: string): boolean {
    const known = this.#facts.isLibraryFile.get(fileName)
    if (known !== undefined) return known
    const name = packageOf(fileName)
    const isLibrary = name !== null && isLibraryModule(name)
    this.#facts.isLibraryFile.set(fileName, isLibrary)
    return isLibrary
  }
}

const REACHES: readonly Reach[] = ['none', 'foreign', 'unknown', 'ours']

export function furthest(first: Reach, second: Reach): Reach {
  return REACHES.indexOf(first) > REACHES.indexOf(second) ? first : second
}

/** A bundle of declarations renames what clashes with another name in it: `Event$1`. */
function plain(name: string): string {
  return name.replace(/\$\d+$/, '')
}

function isVoid(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Void) !== 0
}

const ORDER: readonly Nature[] = ['lazy', 'future', 'awaitable', 'own', 'foreign', 'unknown', 'function']

function strongest(natures: readonly Nature[]): Nature {
  return ORDER.find((each) => natures.includes(each)) ?? 'other'
}

/** What is inside parentheses, casts and `!`. */
function inner(node: ts.Expression): ts.Expression {
  const isOuter =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
  return isOuter ? inner(node.expression) : node
}

/** What a node of a function's body waits for, or returns to be waited for. */
function waitedIn(node: ts.Node, body: ts.Node): ts.Expression | null {
  if (ts.isAwaitExpression(node)) return node.expression
  if (ts.isYieldExpression(node)) return node.asteriskToken === undefined ? null : (node.expression ?? null)
  if (ts.isReturnStatement(node)) return node.expression ?? null
  if (ts.isForOfStatement(node)) return node.awaitModifier === undefined ? null : node.expression
  if (ts.isArrowFunction(node)) return ts.isBlock(node.body) ? null : node.body
  return node === body && ts.isExpression(node) ? node : null
}
