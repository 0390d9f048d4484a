import type { Node } from '@babel/types'
import type { FunctionRecord } from './function-record.ts'
import type { Scope, Variable } from './scope.ts'

/** More than this is not handed over: the generator stands where it sees them. */
const MOST_VALUES = 8

/**
 * Where the generator of a function stands.
 *
 * - `beside`: it follows the declaration, at the top of the module.
 * - `moved`: it is a declaration among the statements of an outer scope.
 * - `kept`: it stands in the function, is made by the first call, and kept in a variable of `scope`.
 * - `call`: it stands in the function, and each call makes it.
 */
export interface Placement {
  readonly kind: 'beside' | 'moved' | 'kept' | 'call'
  readonly scope: Scope
  /** Constants that it cannot see from there, and is handed. */
  readonly values: readonly Variable[]
  /** Whether it has to say "use strict" itself there. */
  readonly saysStrict: boolean
}

/** Whether a declaration may have been called before the variable has its value, as declarations are hoisted. */
function mayRunEarly(record: FunctionRecord, variable: Variable): boolean {
  let each: FunctionRecord | null = record
  for (; each !== null && each.scope.depth > variable.scope.depth; each = each.parent) {
    if (each.node?.type === 'FunctionDeclaration' && each.outer.node.start! < variable.from) return true
  }
  return false
}

/** Whether a variable has one value from before the function is made on. */
function isConstantFor(variable: Variable, record: FunctionRecord): boolean {
  const { scope, kind } = variable
  if (variable.written || scope.isDynamic || scope.kind === 'switch' || scope.kind === 'class') return false
  if (kind === 'var' || kind === 'import' || kind === 'private') return false
  if (kind === 'function' && scope.kind !== 'body' && !scope.place.isStrict) return false
  const { owner } = scope
  if (kind === 'param' && owner !== null && !owner.place.isStrict && owner.usesArguments) return false
  return variable.from <= record.node!.start! && !mayRunEarly(record, variable)
}

function declaresItself(record: FunctionRecord, name: string): boolean {
  return record.scope.variables?.has(name) === true || record.bodyScope?.variables?.has(name) === true
}

/** Splits what a function captures into what it can be handed, and how deep it has to stand to see the rest. */
function captured(record: FunctionRecord): { handed: Variable[]; floor: number } {
  let floor = 0
  const handed: Variable[] = []
  for (const variable of record.captures) {
    if (variable.scope.kind === 'name' && variable.scope.node === record.node) continue
    const canBeHanded =
      !record.usesArguments && isConstantFor(variable, record) && !declaresItself(record, variable.name)
    if (canBeHanded) handed.push(variable)
    else floor = Math.max(floor, variable.scope.depth)
  }
  if (handed.length > MOST_VALUES) floor = handed.reduce((depth, { scope }) => Math.max(depth, scope.depth), floor)
  for (let scope: Scope | null = record.outer; scope !== null; scope = scope.parent) {
    if (scope.isDynamic) floor = Math.max(floor, scope.depth)
  }
  return { handed, floor }
}

/** The scopes with statements around a function, from the innermost on, down to a depth. */
function candidates(record: FunctionRecord, floor: number): Scope[] {
  const scopes: Scope[] = []
  for (let scope: Scope | null = record.outer; scope !== null && scope.depth >= floor; scope = scope.parent) {
    if (scope.hasStatements) scopes.push(scope)
  }
  return scopes
}

/** The innermost scope, unless one further out is entered less often. */
function best(scopes: readonly Scope[]): Scope | undefined {
  const last = scopes.at(-1)
  if (last?.kind === 'program') return last
  let chosen = scopes[0]
  for (let index = 1; index < scopes.length; index++) {
    const [inner, outer] = [scopes[index - 1]!, scopes[index]!]
    if (inner.owner !== outer.owner || inner.place.loops !== outer.place.loops) chosen = outer
  }
  return chosen
}

/** The class around a function that it cannot leave, if the depth says that it has to stay inside of one. */
function classAt(record: FunctionRecord, depth: number): Scope | null {
  for (let scope: Scope | null = record.outer; scope !== null && scope.depth >= depth; scope = scope.parent) {
    if (scope.depth === depth) return scope.kind === 'class' ? scope : null
  }
  return null
}

const isSimple = ({ type }: Node): boolean => type === 'Identifier'

/** Decides where the generator of a function stands. */
export function place(record: FunctionRecord): Placement {
  const { handed, floor } = captured(record)
  const inPlace = (kind: 'kept' | 'call', scope: Scope): Placement => ({
    kind,
    scope,
    values: kind === 'call' ? [] : handed.filter((variable) => variable.scope.depth > scope.depth),
    saysStrict: false,
  })
  const all = candidates(record, floor)
  let scope = best(all)
  let saysStrict = false
  if (scope !== undefined && record.place.isStrict && !scope.place.isStrict) {
    if (record.node!.params.every(isSimple)) saysStrict = !record.directives.includes('use strict')
    else scope = best(all.filter(({ place: { isStrict } }) => isStrict))
  }
  if (scope === undefined) {
    const around = classAt(record, floor)
    const outside = around?.parent ?? null
    return around !== null && outside !== null && around.isOnce
      ? inPlace('kept', outside)
      : inPlace('call', record.outer)
  }
  const values = handed.filter((variable) => variable.scope.depth > scope.depth)
  if (scope.kind === 'program') {
    const isBeside = record.node!.type === 'FunctionDeclaration' && record.outer === scope
    return { kind: isBeside ? 'beside' : 'moved', scope, values, saysStrict: saysStrict && !isBeside }
  }
  return scope === record.outer ? inPlace('kept', scope) : { kind: 'moved', scope, values, saysStrict }
}
