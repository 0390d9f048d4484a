import { positionOf } from './emission.ts'
import type { Emission } from './emission.ts'
import { mapped } from './edits.ts'
import type { Part, Range } from './edits.ts'
import { emitPoints } from './emit-points.ts'
import { isVariableName } from './fresh-names.ts'
import type { FunctionNode, FunctionRecord } from './function-record.ts'
import { isThisParameter, parametersOf } from './parameters.ts'
import { place } from './placement.ts'
import type { Placement } from './placement.ts'
import { findAsync, findText } from './scanner.ts'
import type { Scope, Variable } from './scope.ts'

const useStrict = '"use strict"; '

/** Where the pieces of a function are in the source. */
interface Layout {
  readonly node: FunctionNode
  /** Where its type parameters or parameters begin. */
  readonly parameters: number
  /** Whether the one parameter of an arrow stands without parentheses. */
  readonly isBare: boolean
  /** Where to read its name, if it has one. */
  readonly name: number
}

/** The call of the generator: text before the generator and after it. */
interface Call {
  readonly before: string
  readonly after: string
}

function layoutOf({ code }: Emission, node: FunctionNode): Layout {
  const isMethod = 'key' in node
  const named = isMethod ? node.key : 'id' in node ? node.id : null
  const isComputed = isMethod && 'computed' in node && node.computed === true
  const from = !named ? node.start! : isComputed ? findText(code, ']', named.end!) : named.end!
  const [first] = node.params
  const isBare =
    node.type === 'ArrowFunctionExpression' &&
    !node.typeParameters &&
    first !== undefined &&
    findText(code, '(', node.start! + 5) !== findOpen(code, node.start! + 5)
  const parameters = node.typeParameters?.start ?? (isBare ? first.start! : findText(code, '(', from))
  return { node, parameters, isBare, name: named?.start ?? node.start! }
}

/** The first position that is neither space nor comment. */
function findOpen(code: string, from: number): number {
  let at = from
  for (;;) {
    while (/\s/.test(code[at]!)) at++
    if (code.startsWith('//', at)) at = code.indexOf('\n', at)
    else if (code.startsWith('/*', at)) at = code.indexOf('*/', at) + 2
    else return at
  }
}

function callOf(emission: Emission, record: FunctionRecord, values: string[], canThrow: boolean): Call {
  const { names } = emission
  const site = emission.siteNames.at(-1)!
  const self = record.usesThis ? 'this' : 'void 0'
  const extras = record.extras.map(({ value }) => value)
  const isGenerator = record.isGenerator
  const isWhole = record.usesArguments && extras.length === 0 && !record.isArrow
  const list = [...extras, ...(record.usesArguments && !record.isArrow ? ['...arguments'] : values)]
  if (canThrow && !isGenerator) {
    const array = isWhole ? 'arguments' : `[${list.join(', ')}]`
    return { before: `${names.shared('apply')}(`, after: `, ${self}, ${array}, ${site})` }
  }
  const helper = names.shared(isGenerator ? 'asyncGenerator' : 'call')
  const callArguments = isWhole
    ? `.apply(${self}, arguments)`
    : record.usesThis
      ? `.call(${['this', ...list].join(', ')})`
      : `(${list.join(', ')})`
  const own =
    isGenerator && record.node!.type.startsWith('Function') && isVariableName(record.name) ? ownReference(record) : ''
  return { before: `${helper}(`, after: `${callArguments}, ${site}${own})` }
}

/** The name by which a function knows itself, for the prototype of its async generators. */
function ownReference({ node, name }: FunctionRecord): string {
  return 'id' in node! && node.id ? `, ${name}` : ''
}

function modifiersEnd({ code }: Emission, node: FunctionNode, from: number): { start: number; end: number } {
  const key = 'key' in node ? node.key.start! : node.start!
  const start = findAsync(code, from, key)
  let end = findOpen(code, start + 5)
  if (code[end] === '*') end = findOpen(code, end + 1)
  return { start, end }
}

/** Takes `async` and `*` from a method. A computed key would join the field before it, if that has no semicolon. */
function emitMethodHead(emission: Emission, record: FunctionRecord): void {
  const node = record.node!
  const from =
    'decorators' in node && node.decorators && node.decorators.length > 0 ? node.decorators.at(-1)!.end! : node.start!
  const { start, end } = modifiersEnd(emission, node, from)
  const isFirst = node.type !== 'ObjectMethod' && start === node.start! && emission.code[end] === '['
  emission.edits.replace(start, end, record.enter - 0.5, isFirst ? ';' : '')
}

/** What comes before the parameters and after the body where the function itself stands. */
function shellOf(emission: Emission, record: FunctionRecord, list: string): { start: Part; open: string; close: Part } {
  const { node, name, directives } = record
  const saysStrict = directives.includes('use strict') ? useStrict : ''
  if (record.isArrow) {
    const guard = record.place.isInList ? ';' : ''
    return { start: mapped(`${guard}(`, node!.start!), open: `${list}) => { return `, close: mapped('}', node!.end!) }
  }
  if (record.isMethod) {
    // Some decorators read the types of a method at run time.
    const type =
      record.isDecorated && node!.returnType ? emission.code.slice(node!.returnType.start!, node!.returnType.end!) : ''
    return { start: '', open: `(${list})${type} { ${saysStrict}return `, close: '}' }
  }
  const id = 'id' in node! ? node.id : null
  const check = `new.target ? ${emission.names.shared('notConstructor')}(${JSON.stringify(name)}) : `
  return { start: '', open: `function ${id?.name ?? ''}(${list}) { ${saysStrict}return ${check}`, close: '}' }
}

/** Turns the parameters and the body into those of a generator, where they stand. */
function emitInside(
  emission: Emission,
  record: FunctionRecord,
  { node, isBare, parameters }: Layout,
  saysStrict: boolean,
): void {
  const { edits, code } = emission
  const early = record.enter + 0.3
  const late = record.exit - 0.3
  const handed = record.extras.map(({ name }) => name)
  const first = node.params[0]
  if (isBare) {
    edits.insert(first!.start!, early, `(${handed.map((name) => `${name}, `).join('')}`)
    edits.insert(first!.end!, record.enter + 0.4, ')')
  } else if (handed.length > 0) {
    if (isThisParameter(first)) edits.insert(first.end!, early, `, ${handed.join(', ')}`)
    else {
      const open = findText(code, '(', node.typeParameters?.end ?? parameters) + 1
      edits.insert(open, early, `${handed.join(', ')}${node.params.length > 0 ? ', ' : ''}`)
    }
  }
  if (record.isDecorated) {
    for (const parameter of node.params) {
      const decorators = 'decorators' in parameter ? (parameter.decorators ?? []) : []
      if (decorators.length > 0) {
        edits.replace(decorators[0]!.start!, decorators.at(-1)!.end!, early, '', late)
      }
    }
  }
  if (node.type === 'ArrowFunctionExpression') {
    const arrow = findText(
      code,
      '=>',
      node.returnType?.end ?? node.params.at(-1)?.end ?? node.typeParameters?.end ?? parameters,
    )
    edits.replace(arrow, arrow + 2, record.enter + 0.45, '')
  }
  if (!saysStrict) return
  if (node.body.type === 'BlockStatement') edits.insert(node.body.start! + 1, early, useStrict)
  else record.bodyScope!.additions.directive = useStrict
}

function declareIn(emission: Emission, scope: Scope, name: string): void {
  if (scope.kind === 'program') emission.moduleVariables.push(name)
  else {
    scope.additions.variables.push(name)
    emission.extended.add(scope)
  }
}

function emitPlaced(emission: Emission, record: FunctionRecord, layout: Layout, placement: Placement): void {
  const { edits } = emission
  const { node } = layout
  const parameters = parametersOf(emission, record)
  const generator = emission.names.make(isVariableName(record.name) ? record.name : baseName(record.name))
  capturePlace(record, placement, generator)
  const { before, after } = callOf(emission, record, parameters.values, parameters.canThrow)
  const { start: first, open, close } = shellOf(emission, record, parameters.list)
  const start = record.isMethod ? layout.parameters : node.start!
  const range: Range = { start: layout.parameters, end: node.end!, low: record.enter, high: record.exit }
  const call = mapped(before, layout.name)
  const star = mapped('function* ', node.start!)
  const name = mapped(generator, layout.name, record.name === '' ? undefined : record.name)
  if (placement.kind === 'beside') {
    const parts = [first, open, call, `${generator}${after} `, close, ' ', star, name]
    edits.replace(start, layout.parameters, record.enter, parts)
    return
  }
  if (placement.kind === 'moved') {
    const parts = [first, open, call, `${generator}${after} `, close]
    edits.replace(start, node.end!, record.enter, parts, record.exit)
    emitMoved(emission, record, placement.scope, [';', star, name, range])
    return
  }
  const isKept = placement.kind === 'kept'
  if (isKept) declareIn(emission, placement.scope, generator)
  const parts = [first, open, call, isKept ? `(${generator} ??= ` : '(', star]
  edits.replace(start, layout.parameters, record.enter, parts)
  edits.insert(node.end!, record.exit - 0.1, [mapped(')', node.end!), `${after} `, close])
}

function baseName(name: string): string {
  const last = name.replace(/^.*[.#]/, '')
  return isVariableName(last) ? last : 'anonymous'
}

function emitMoved(emission: Emission, record: FunctionRecord, scope: Scope, parts: Part[]): void {
  if (scope.kind === 'arrow') {
    scope.additions.moved.push(...parts)
    emission.extended.add(scope)
    return
  }
  const { end, order } = scope.statementAt(record.node!.start!)
  emission.edits.insert(end, order, parts)
}

/** Lets the functions around see the place where the generator of a function in them stands. */
function capturePlace(record: FunctionRecord, { kind, scope }: Placement, name: string): void {
  if (kind === 'call' || scope.depth === 0) return
  const variable: Variable = { name, kind: 'var', scope, from: 0, written: true }
  for (let outer = record.parent; outer !== null && outer.scope.depth > scope.depth; outer = outer.parent) {
    outer.captures.add(variable)
  }
}

/** Compiles one function. */
export function emitFunction(emission: Emission, record: FunctionRecord): void {
  const node = record.node!
  const placement = place(record)
  for (const { name } of placement.values) record.extras.push({ name, value: name })
  const index = emission.sites.length
  emission.siteNames.push(emission.names.make(`s${index}`))
  const [line, column] = positionOf(emission, node.start!)
  emission.sites.push([record.name, line, column, emitPoints(emission, record)])
  const layout = layoutOf(emission, node)
  if (record.isMethod) emitMethodHead(emission, record)
  emitInside(emission, record, layout, placement.saysStrict)
  emitPlaced(emission, record, layout, placement)
}
