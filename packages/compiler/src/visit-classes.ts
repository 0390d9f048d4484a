import type { Class, ClassAccessorProperty, ClassPrivateProperty, ClassProperty, StaticBlock } from '@babel/types'
import { FunctionRecord } from './function-record.ts'
import { nameFor, nameOf } from './visit-patterns.ts'
import type { Visitors, Walk } from './walk.ts'

function visitClass(walk: Walk, node: Class): void {
  if ('declare' in node && node.declare === true) return
  const outer = { isStrict: walk.isStrict, className: walk.className, isDerivedClass: walk.isDerivedClass }
  walk.visitList(node.decorators, node)
  if (node.type === 'ClassDeclaration' && node.id) walk.declare(node.id.name, 'class', node.end!)
  walk.isStrict = true
  walk.within('class', node, () => {
    if (node.type === 'ClassExpression' && node.id) walk.declare(node.id.name, 'class', node.end!)
    walk.visit(node.superClass, node)
    for (const member of node.body.body) {
      if ('key' in member && member.key.type === 'PrivateName') walk.declare(`#${member.key.id.name}`, 'private', 0)
    }
    walk.className = node.id?.name ?? walk.givenNames.get(node) ?? ''
    walk.isDerivedClass = Boolean(node.superClass)
    walk.visitList(node.body.body, node.body)
  })
  Object.assign(walk, outer)
}

/** Visits code that runs with a `this` of its own, but is no function of the source. */
function withinInitializer(walk: Walk, node: StaticBlock | ClassProperty, body: () => void): void {
  const { record, loops } = walk
  walk.record = new FunctionRecord(null, record, walk.scope, { isStrict: true, enter: walk.next(), isInList: false })
  walk.loops = 0
  walk.record.scope = walk.within(node.type === 'StaticBlock' ? 'static' : 'field', node, body)
  walk.record = record
  walk.loops = loops
}

function visitField(walk: Walk, node: ClassProperty | ClassPrivateProperty | ClassAccessorProperty): void {
  walk.visitList(node.decorators, node)
  if ('computed' in node && node.computed === true) walk.visit(node.key, node)
  else nameFor(walk, node.value, node.key)
  // The three differ in their keys only.
  withinInitializer(walk, node as ClassProperty, () => walk.visit(node.value, node))
}

export const classVisitors: Visitors = {
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  ClassProperty: visitField,
  ClassPrivateProperty: visitField,
  ClassAccessorProperty: visitField,
  StaticBlock(walk, node) {
    const { disposal } = walk
    walk.disposal = null
    withinInitializer(walk, node, () => walk.visitStatements(node.body, node))
    walk.disposal = disposal
  },
  TSModuleDeclaration(walk, node) {
    if (node.declare === true || !node.body) return
    if (node.id.type === 'Identifier') walk.declare(node.id.name, 'var', 0)
    walk.visit(node.body, node)
  },
  TSModuleBlock(walk, node) {
    const scope = walk.within('namespace', node, () => {
      walk.scope.isDynamic = true
      walk.visitStatements(node.body, node)
    })
    scope.isDynamic = true
  },
  TSEnumDeclaration(walk, node) {
    walk.declare(node.id.name, 'var', 0)
  },
  TSImportEqualsDeclaration(walk, node) {
    walk.declare(node.id.name, 'import', 0)
  },
  ImportDeclaration(walk, node) {
    for (const { local } of node.specifiers) walk.declare(local.name, 'import', 0)
  },
  ExportNamedDeclaration(walk, node) {
    walk.visit(node.declaration, node)
    for (const specifier of node.specifiers) {
      if (!node.source && specifier.type === 'ExportSpecifier') walk.names.add(nameOf(specifier.local))
    }
  },
  ExportDefaultDeclaration(walk, node) {
    if (node.declaration.type === 'ArrowFunctionExpression') walk.givenNames.set(node.declaration, 'default')
    walk.visit(node.declaration, node)
  },
}
