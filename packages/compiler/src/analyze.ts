import type { Class, Node, Program } from '@babel/types'
import { classVisitors } from './visit-classes.ts'
import { expressionVisitors } from './visit-expressions.ts'
import type { FunctionRecord } from './function-record.ts'
import { functionVisitors } from './visit-functions.ts'
import { statementVisitors } from './visit-statements.ts'
import { Walk } from './walk.ts'
import type { Owner, Scope, Variable } from './scope.ts'

const visitors = { ...expressionVisitors, ...statementVisitors, ...classVisitors, ...functionVisitors }

function isClass(node: Node): node is Class {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression'
}

/** Notes that the functions from one on outwards mention a variable of a scope around them. */
function capture(variable: Variable, innermost: Owner | null): void {
  let record = innermost
  for (; record !== null && record.scope.depth > variable.scope.depth; record = record.parent) {
    record.captures.add(variable)
  }
}

/** The name of a class may mean something else outside, once it was given away or decorated: what uses it stays inside. */
function keepInClass(scope: Scope, { name, written: isWritten }: Variable): void {
  for (let around: Scope | null = scope; around !== null; around = around.parent) {
    if (around.kind !== 'class' || !isClass(around.node) || around.node.id?.name !== name) continue
    if (!isWritten && (around.node.decorators ?? []).length === 0) continue
    const inside: Variable = { name, kind: 'private', scope: around, from: 0, written: true }
    capture(inside, scope.owner)
  }
}

/** Finds out which functions capture which variables, and which variables change. */
function resolve(walk: Walk): void {
  for (const { name, scope, isWrite } of walk.references) {
    const variable = isWrite ? scope.find(name) : null
    if (variable !== null) variable.written = true
  }
  for (const { name, scope } of walk.references) {
    if (scope.owner === null) continue
    const variable = scope.find(name)
    if (variable === null) continue
    if (variable.kind === 'class') keepInClass(scope, variable)
    if (variable.scope.depth > 0) capture(variable, scope.owner)
  }
}

/** The variable that holds a function expression under its own name, if the function mentions it. */
export function ownName(record: FunctionRecord): string | null {
  for (const { scope, kind, name } of record.captures) if (kind === 'name' && scope.node === record.node) return name
  return null
}

function assignsOwnName(record: FunctionRecord): boolean {
  for (const { scope, kind, written } of record.captures) {
    if (kind === 'name' && written && scope.node === record.node) return true
  }
  return false
}

/** Whether the name of a function that is declared in a block means something else outside of the block. */
function isMentionedOutside({ node, outer }: FunctionRecord, code: string): boolean {
  const name = node!.type === 'FunctionDeclaration' ? node!.id!.name : ''
  const mention = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`)
  return mention.test(code.slice(0, outer.node.start!)) || mention.test(code.slice(outer.node.end!))
}

function reasonToStay(walk: Walk, record: FunctionRecord): string | null {
  const { node, place, usesArguments } = record
  if (usesArguments && walk.names.has('arguments') && walk.declaresArguments) return 'arguments is a variable'
  if (record.isInBlock && !place.isStrict && isMentionedOutside(record, walk.code)) {
    return 'its name is used outside of its block'
  }
  if (assignsOwnName(record)) return 'it assigns to its own name'
  const needsMore = ownName(record) !== null || walk.supers.some((mention) => mention.record?.owner === record)
  return node !== null && usesArguments && needsMore && !place.isStrict
    ? 'its arguments are bound to its parameters'
    : null
}

function keepSentAway(walk: Walk): void {
  const sent = walk.records.filter(({ name }) => walk.sentAway.has(name))
  for (const { node } of sent) {
    for (const record of walk.records) {
      if (record.node !== null && record.node.start! >= node!.start! && record.node.end! <= node!.end!) {
        record.plain ??= 'it is sent elsewhere as text'
      }
    }
  }
}

/** Where the comments that keep what follows as it is end. */
function markersOf(code: string, comments: readonly { value: string; end?: number | null }[]): Set<number> {
  const markers = new Set<number>()
  for (const { value, end } of comments) {
    if (!/^\*?\s*asyncio-ts:\s*plain\b/.test(value)) continue
    const rest = /\S/.exec(code.slice(end!))
    if (rest !== null) markers.add(end! + rest.index)
  }
  return markers
}

/** Visits a program, and finds everything that decides how its functions are compiled. */
export function analyze(
  program: Program,
  isStrict: boolean,
  code: string,
  comments: readonly { value: string; end?: number | null }[],
): Walk {
  const strict = isStrict || program.directives.some(({ value }) => value.value === 'use strict')
  const walk = new Walk(program, strict, code, visitors, markersOf(code, comments))
  walk.visitStatements(program.body, program)
  resolve(walk)
  keepSentAway(walk)
  for (const record of walk.records) {
    if (record.isCompiled) record.plain = reasonToStay(walk, record)
  }
  return walk
}
