import type { BlockStatement, Node } from '@babel/types'
import { FunctionRecord } from './function-record.ts'
import type { FunctionNode } from './function-record.ts'
import { nameOf, visitBinding } from './visit-patterns.ts'
import type { Visitors, Walk } from './walk.ts'

function directivesOf(node: FunctionNode): string[] {
  return node.body.type === 'BlockStatement' ? node.body.directives.map(({ value }) => value.value) : []
}

/** Whether `this` may not be bound yet where an arrow in the constructor of a derived class stands. */
function isBeforeSuper(record: FunctionRecord): boolean {
  const { owner } = record
  return owner !== null && owner.isDerivedConstructor && !owner.hasCalledSuper
}

function reasonToStay(walk: Walk, record: FunctionRecord, directives: string[]): string | null {
  const { node } = record
  if (node === null) return null
  if (node.start! < walk.plainUntil) return 'it is marked or sent elsewhere as text'
  if (walk.isInWith) return 'it stands in a with statement'
  if (record.isArrow && isBeforeSuper(record)) return 'its this may not be bound yet'
  const other = directives.find((text) => text.startsWith('use ') && !['use strict', 'use client'].includes(text))
  return other === undefined ? null : `it says "${other}"`
}

function visitBody(walk: Walk, record: FunctionRecord, body: Node): void {
  if (body.type !== 'BlockStatement') {
    record.bodyScope = walk.within('arrow', body, () => walk.visit(body, record.node!))
    return
  }
  record.bodyScope = walk.within('body', body, () => visitFunctionBody(walk, record, body))
}

function visitFunctionBody(walk: Walk, record: FunctionRecord, body: BlockStatement): void {
  const disposal = {
    kind: 'disposal' as const,
    node: body,
    start: body.start!,
    uses: [],
    enter: walk.next(),
    middle: 0,
    exit: 0,
  }
  const outer = walk.disposal
  walk.disposal = disposal
  const statement = walk.statement
  for (const child of body.body) {
    walk.statement = child
    walk.visit(child, body)
    if (child.type === 'ExpressionStatement' && child.expression.type === 'CallExpression') {
      if (child.expression.callee.type === 'Super') record.hasCalledSuper = true
    }
    walk.endStatement(child)
  }
  walk.statement = statement
  walk.disposal = outer
  disposal.exit = walk.next()
  walk.addDisposal(disposal, record)
}

/** Visits a function whose key and decorators have been visited. */
export function visitFunction(walk: Walk, node: FunctionNode, name: string): FunctionRecord {
  const outer = {
    record: walk.record,
    isStrict: walk.isStrict,
    scope: walk.scope,
    loops: walk.loops,
    inList: walk.statement,
  }
  const directives = directivesOf(node)
  walk.isStrict ||= directives.includes('use strict')
  const record = new FunctionRecord(node, outer.record, outer.scope, {
    isStrict: walk.isStrict,
    enter: walk.next(),
    isInList: outer.inList?.start === node.start,
  })
  record.name = name
  record.isDerivedConstructor = walk.isDerivedClass && node.type === 'ClassMethod' && node.kind === 'constructor'
  record.plain = reasonToStay(walk, record, directives)
  record.directives = directives
  const visitInside = (): void => {
    walk.record = record
    record.scope = walk.within('params', node, () => {
      for (const parameter of node.params) visitBinding(walk, parameter, 'param', parameter.end!)
      visitBody(walk, record, node.body)
    })
    walk.record = outer.record
  }
  walk.loops = 0
  if (node.type === 'FunctionExpression' && node.id) {
    const { id } = node
    walk.within('name', node, () => {
      walk.declare(id.name, 'name', node.start!)
      visitInside()
    })
  } else visitInside()
  walk.isStrict = outer.isStrict
  walk.loops = outer.loops
  record.exit = walk.next()
  walk.records.push(record)
  return record
}

function visitMethod(
  walk: Walk,
  node: Extract<FunctionNode, { type: 'ObjectMethod' | 'ClassMethod' | 'ClassPrivateMethod' }>,
): void {
  walk.visitList(node.decorators, node)
  if (node.type !== 'ClassPrivateMethod' && node.computed) walk.visit(node.key, node)
  const key = node.type !== 'ClassPrivateMethod' && node.computed ? '' : nameOf(node.key)
  const record = visitFunction(
    walk,
    node,
    key !== '' && walk.className !== '' && node.type !== 'ObjectMethod' ? `${walk.className}.${key}` : key,
  )
  record.isDecorated =
    (node.decorators?.length ?? 0) > 0 ||
    node.params.some((parameter) => 'decorators' in parameter && parameter.decorators)
}

export const functionVisitors: Visitors = {
  FunctionDeclaration(walk, node) {
    if (node.declare === true) return
    const name = node.id?.name ?? 'default'
    if (node.id) {
      if (name === 'yield') walk.keepPlain('yield is a name in it')
      walk.declare(name, 'function', 0)
      const isPlain = node.async !== true && !node.generator
      if (isPlain && !walk.isStrict && walk.scope.forVar !== walk.scope) walk.declare(name, 'var', 0)
    }
    const record = visitFunction(walk, node, name)
    record.isInBlock = !['program', 'body', 'namespace', 'static'].includes(record.outer.kind)
  },
  FunctionExpression(walk, node) {
    visitFunction(walk, node, node.id?.name ?? walk.givenNames.get(node) ?? '')
  },
  ArrowFunctionExpression(walk, node) {
    visitFunction(walk, node, walk.givenNames.get(node) ?? '')
  },
  ObjectMethod: visitMethod,
  ClassMethod(walk, node) {
    if (node.kind !== 'constructor') {
      visitMethod(walk, node)
      return
    }
    walk.visitList(node.decorators, node)
    visitFunction(walk, node, walk.className)
  },
  ClassPrivateMethod: visitMethod,
}
