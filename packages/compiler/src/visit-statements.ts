import type { BlockStatement, ForInStatement, ForOfStatement, Node, VariableDeclaration } from '@babel/types'
import type { Disposal } from './function-record.ts'
import type { VariableKind } from './scope.ts'
import { nameFor, visitBinding, visitTarget } from './visit-patterns.ts'
import type { Visitors, Walk } from './walk.ts'

const kinds: Record<VariableDeclaration['kind'], VariableKind> = {
  var: 'var',
  let: 'let',
  const: 'const',
  using: 'const',
  'await using': 'const',
}

function newDisposal(walk: Walk, node: Disposal['node'], start: number): Disposal {
  return { kind: 'disposal', node, start, uses: [], enter: walk.next(), middle: 0, exit: 0 }
}

function visitBlock(walk: Walk, node: BlockStatement): void {
  const outer = walk.disposal
  const disposal = newDisposal(walk, node, node.start!)
  walk.disposal = disposal
  walk.within('block', node, () => walk.visitStatements(node.body, node))
  walk.disposal = outer
  disposal.exit = walk.next()
  walk.addDisposal(disposal, walk.record)
}

/** Where a loop begins, the labels before it counted in. */
function takeStart(walk: Walk, node: Node): number {
  const start = walk.labelStart ?? node.start!
  walk.labelStart = null
  return start
}

function visitLeft(walk: Walk, node: ForInStatement | ForOfStatement, disposal: Disposal | null): void {
  const { left } = node
  if (left.type !== 'VariableDeclaration') {
    visitTarget(walk, left, node)
    return
  }
  if (left.kind === 'await using') disposal?.uses.push(left)
  for (const { id } of left.declarations) visitBinding(walk, id, kinds[left.kind], node.body.start!)
}

function visitForOf(walk: Walk, node: ForOfStatement): void {
  const start = takeStart(walk, node)
  const { record } = walk
  const loop = node.await ? { kind: 'loop' as const, node, start, enter: walk.next(), middle: 0, exit: 0 } : null
  const disposal = newDisposal(walk, node, start)
  if (node.await && record === null) walk.hasTopLevelAwait = true
  if (loop !== null) record?.points.push(loop)
  walk.within('loop', node, () => {
    visitLeft(walk, node, disposal)
    walk.visit(node.right, node)
    disposal.middle = walk.next()
    if (loop !== null) loop.middle = disposal.middle
    walk.withinLoop(() => walk.visit(node.body, node))
  })
  disposal.exit = walk.next()
  walk.addDisposal(disposal, record)
  if (loop !== null) loop.exit = walk.next()
}

function visitDeclaration(walk: Walk, node: VariableDeclaration, parent: Node): void {
  if (node.declare === true) return
  if (walk.disposal?.node === parent && node.kind.endsWith('using')) walk.disposal.uses.push(node)
  if (node.kind === 'await using' && walk.record === null) walk.hasTopLevelAwait = true
  for (const declarator of node.declarations) {
    visitBinding(walk, declarator.id, kinds[node.kind], declarator.end!)
    nameFor(walk, declarator.init, declarator.id)
    walk.visit(declarator.init, declarator)
  }
}

export const statementVisitors: Visitors = {
  BlockStatement: visitBlock,
  VariableDeclaration: visitDeclaration,
  ForOfStatement: visitForOf,
  ForInStatement(walk, node) {
    walk.labelStart = null
    walk.within('loop', node, () => {
      visitLeft(walk, node, null)
      walk.visit(node.right, node)
      walk.withinLoop(() => walk.visit(node.body, node))
    })
  },
  ForStatement(walk, node) {
    const outer = walk.disposal
    const disposal = newDisposal(walk, node, takeStart(walk, node))
    walk.within('loop', node, () => {
      walk.disposal = disposal
      walk.visit(node.init, node)
      walk.disposal = outer
      walk.withinLoop(() => {
        walk.visit(node.test, node)
        walk.visit(node.update, node)
        walk.visit(node.body, node)
      })
    })
    disposal.exit = walk.next()
    walk.addDisposal(disposal, walk.record)
  },
  WhileStatement(walk, node) {
    walk.labelStart = null
    walk.withinLoop(() => {
      walk.visit(node.test, node)
      walk.visit(node.body, node)
    })
  },
  DoWhileStatement(walk, node) {
    walk.labelStart = null
    walk.withinLoop(() => walk.visitChildren(node))
  },
  LabeledStatement(walk, node) {
    if (node.label.name === 'yield') walk.keepPlain('yield is a name in it')
    const isLoop = ['ForStatement', 'ForOfStatement', 'LabeledStatement'].includes(node.body.type)
    walk.labelStart = isLoop ? (walk.labelStart ?? node.start!) : null
    walk.visit(node.body, node)
    walk.labelStart = null
  },
  ReturnStatement(walk, node) {
    const { record } = walk
    const point = { kind: 'return' as const, node, enter: walk.next(), exit: 0 }
    if (node.argument && record !== null && record.isGenerator && record.node?.async === true) {
      record.points.push(point)
    }
    walk.visit(node.argument, node)
    point.exit = walk.next()
  },
  SwitchStatement(walk, node) {
    walk.visit(node.discriminant, node)
    walk.within('switch', node, () => {
      for (const each of node.cases) {
        walk.visit(each.test, each)
        walk.visitStatements(each.consequent, each)
      }
    })
  },
  CatchClause(walk, node) {
    walk.within('catch', node, () => {
      visitBinding(walk, node.param ?? null, 'catch', node.body.start!)
      walk.visit(node.body, node)
    })
  },
  WithStatement(walk, node) {
    walk.keepPlain('it has a with statement')
    walk.visit(node.object, node)
    const outer = walk.isInWith
    walk.isInWith = true
    walk.visit(node.body, node)
    walk.isInWith = outer
  },
}
