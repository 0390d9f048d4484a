import type { Node } from '@babel/types'

/** Where a node has other nodes that run, in the order of the source. Types and names are none of them. */
const fields: Readonly<Record<string, string>> = {
  ArrayExpression: 'elements',
  AssignmentPattern: 'left right',
  ArrayPattern: 'elements',
  BinaryExpression: 'left right',
  ConditionalExpression: 'test consequent alternate',
  Decorator: 'expression',
  DoWhileStatement: 'body test',
  ExportDefaultDeclaration: 'declaration',
  ExpressionStatement: 'expression',
  IfStatement: 'test consequent alternate',
  ImportExpression: 'source options',
  JSXAttribute: 'value',
  JSXElement: 'openingElement children',
  JSXExpressionContainer: 'expression',
  JSXFragment: 'children',
  JSXMemberExpression: 'object',
  JSXOpeningElement: 'name attributes',
  JSXSpreadAttribute: 'argument',
  JSXSpreadChild: 'expression',
  LogicalExpression: 'left right',
  NewExpression: 'callee arguments',
  ObjectExpression: 'properties',
  ObjectPattern: 'properties',
  OptionalCallExpression: 'callee arguments',
  ParenthesizedExpression: 'expression',
  RestElement: 'argument',
  SequenceExpression: 'expressions',
  SpreadElement: 'argument',
  SwitchCase: 'test consequent',
  TaggedTemplateExpression: 'tag quasi',
  TemplateLiteral: 'expressions',
  ThrowStatement: 'argument',
  TryStatement: 'block handler finalizer',
  TSAsExpression: 'expression',
  TSExportAssignment: 'expression',
  TSInstantiationExpression: 'expression',
  TSNonNullExpression: 'expression',
  TSSatisfiesExpression: 'expression',
  TSTypeAssertion: 'expression',
  UnaryExpression: 'argument',
}

const byType = new Map(Object.entries(fields).map(([type, names]) => [type, names.split(' ')]))

/** Calls `visit` with each child of a node that has nothing else of interest. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const names = byType.get(node.type)
  if (names === undefined) return
  // The table knows which fields hold nodes.
  const values = node as unknown as Readonly<Record<string, Node | (Node | null)[] | null | undefined>>
  for (const name of names) {
    const value = values[name]
    if (Array.isArray(value)) {
      for (const child of value) if (child !== null) visit(child)
    } else if (value !== null && value !== undefined) visit(value)
  }
}

const transparent = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
])

/** The expression inside parentheses and casts. */
export function unwrap(node: Node): Node {
  while (transparent.has(node.type) && 'expression' in node && typeof node.expression === 'object') {
    node = node.expression
  }
  return node
}
