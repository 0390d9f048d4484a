import type { Identifier, Node } from '@babel/types'
import type { Emission } from './emission.ts'
import type { FunctionRecord } from './function-record.ts'

/** The parameters of a function as its caller sees them, and how they are handed on to the generator. */
export interface Parameters {
  readonly list: string
  readonly values: string[]
  /** Whether a pattern or a default can throw. */
  readonly canThrow: boolean
}

/** Whether evaluating an expression can neither throw nor be noticed. */
function isHarmless(node: Node): boolean {
  // There are 250 types of nodes: the rest is none of its business.
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check
  switch (node.type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'BigIntLiteral':
    case 'RegExpLiteral':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true
    case 'Identifier':
      return node.name === 'undefined'
    case 'ArrayExpression':
      return node.elements.length === 0
    case 'ObjectExpression':
      return node.properties.length === 0
    case 'TemplateLiteral':
      return node.expressions.length === 0
    case 'UnaryExpression':
      return (node.operator === '-' || node.operator === '!') && node.argument.type === 'NumericLiteral'
    default:
      return false
  }
}

interface Shape {
  readonly name: string | null
  readonly prefix: string
  readonly suffix: string
  readonly canThrow: boolean
}

function shapeOf(node: Node): Shape {
  const [isRest, hasDefault] = [node.type === 'RestElement', node.type === 'AssignmentPattern']
  const target = node.type === 'RestElement' ? node.argument : node.type === 'AssignmentPattern' ? node.left : node
  const name = target.type === 'Identifier' ? target.name : null
  const canThrow = name === null || (node.type === 'AssignmentPattern' && !isHarmless(node.right))
  return { name, prefix: isRest ? '...' : '', suffix: hasDefault ? ' = void 0' : '', canThrow }
}

export const isThisParameter = (node: Node | undefined): node is Identifier =>
  node?.type === 'Identifier' && node.name === 'this'

function textOf(code: string, node: Node | null | undefined): string {
  return !node ? '' : code.slice(node.start!, node.end!)
}

/** What decorators and those who read types at run time want to see of a parameter. */
function decoratedText(code: string, node: Node): { before: string; after: string } {
  const target = node.type === 'AssignmentPattern' ? node.left : node
  const decorators = 'decorators' in node ? (node.decorators ?? []) : []
  const type = 'typeAnnotation' in target ? textOf(code, target.typeAnnotation) : ''
  const before = decorators.map((decorator) => `${textOf(code, decorator)} `).join('')
  return { before, after: type.startsWith(':') ? type : '' }
}

export function parametersOf({ code, names }: Emission, record: FunctionRecord): Parameters {
  const nodes = record.node!.params.filter((node) => !isThisParameter(node))
  const shapes = nodes.map(shapeOf)
  const own = shapes.map(({ name }) => name).filter((name) => name !== null)
  const areClear = new Set(own).size === own.length && !own.includes(record.name)
  const list: string[] = []
  const values: string[] = []
  for (const [index, { name, prefix, suffix }] of shapes.entries()) {
    const chosen = areClear && name !== null ? name : names.shared(`p${index}`)
    const { before, after } = record.isDecorated ? decoratedText(code, nodes[index]!) : { before: '', after: '' }
    list.push(`${before}${prefix}${chosen}${after}${suffix}`)
    values.push(`${prefix}${chosen}`)
  }
  return { list: list.join(', '), values, canThrow: shapes.some(({ canThrow }) => canThrow) }
}
