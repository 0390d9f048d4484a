import type { ForOfStatement, VariableDeclaration } from '@babel/types'
import { positionOf } from './emission.ts'
import type { Emission } from './emission.ts'
import { mapped } from './edits.ts'
import type { Part } from './edits.ts'
import type { Disposal, FunctionRecord, Point } from './function-record.ts'

type PointOf<K extends Point['kind']> = Extract<Point, { kind: K }>

/** The start of a wait for an expression that follows, which `, 0)` ends. */
const waitFor = ({ names }: Emission): string => `yield (${names.shared('register')}.value = `

/** The same where it replaces a word of five letters: the space after that stays. */
function waitAt(emission: Emission, start: number): string {
  const text = waitFor(emission)
  return /\s/.test(emission.code[start + 5]!) ? text.slice(0, -1) : text
}

function emitAwait(emission: Emission, { node, parens, guard, enter, exit }: PointOf<'await'>, index: number): void {
  const before = `${guard ? ';' : ''}${parens ? '(' : ''}`
  const wait = mapped(waitAt(emission, node.start!), node.start!)
  emission.edits.replace(node.start!, node.start! + 5, enter, [before, wait])
  emission.edits.insert(node.end!, exit, mapped(`, ${index})${parens ? ')' : ''}`, node.end!))
}

function emitYield(emission: Emission, { node, enter, exit }: PointOf<'yield' | 'delegate'>, index: number): void {
  const { edits, names } = emission
  const { argument } = node
  if (!argument) {
    edits.replace(node.start!, node.end!, enter, mapped(`${waitFor(emission)}void 0, ${-1 - index})`, node.start!))
  } else if (node.delegate) {
    edits.replace(node.start!, argument.start!, enter, mapped(`yield* ${names.shared('delegateYield')}(`, node.start!))
    edits.insert(argument.end!, exit, mapped(`, ${index})`, argument.end!))
  } else {
    edits.replace(node.start!, node.start! + 5, enter, mapped(waitAt(emission, node.start!), node.start!))
    edits.insert(node.end!, exit, mapped(`, ${-1 - index})`, node.end!))
  }
}

function emitReturn(emission: Emission, { node, enter, exit }: PointOf<'return'>, index: number): void {
  const argument = node.argument!
  const [open, close] = argument.type === 'SequenceExpression' ? ['(', ')'] : ['', '']
  emission.edits.replace(node.start!, argument.start!, enter, mapped(`return ${waitFor(emission)}${open}`, node.start!))
  emission.edits.insert(argument.end!, exit, mapped(`${close}, ${index})`, argument.end!))
}

/** The statement that gives the next value of a loop its names. */
function bindingOf(
  emission: Emission,
  node: ForOfStatement,
  disposal: Disposal | undefined,
  point: { enter: number; exit: number },
): Part[] {
  const { left } = node
  const value = `${emission.names.shared('iteration')}.value`
  const range = (start: number, end: number): Part => ({ start, end, low: point.enter, high: point.exit })
  if (left.type !== 'VariableDeclaration') return ['(', range(left.start!, left.end!), ` = ${value}); `]
  const { id } = left.declarations[0]!
  const name = range(id.start!, id.end!)
  if (disposal === undefined) return [`${left.kind} `, name, ` = ${value}; `]
  return ['const ', name, ` = ${emission.names.shared('disposables')}.use(${value}, true); `]
}

function opening({ names }: Emission): string {
  return `const ${names.shared('disposables')} = ${names.shared('disposer')}(); try { `
}

function closing({ names }: Emission, index: number): string {
  const [stack, error] = [names.shared('disposables'), names.shared('error')]
  return ` } catch (${error}) { ${stack}.fail(${error}) } finally { yield* ${stack}.dispose(${index}) } `
}

function emitLoop(emission: Emission, record: FunctionRecord, point: PointOf<'loop'>, index: number): void {
  const { edits, names } = emission
  const { node, start, enter, middle, exit } = point
  const [steps, error] = [names.shared('iteration'), names.shared('error')]
  const disposal = record.points.find((other) => other.kind === 'disposal' && other.node === node) as
    Disposal | undefined
  edits.insert(start, enter, `{ let ${steps}; try { `)
  const open = mapped(`${names.shared('asyncIterator')}(`, node.right.start!)
  edits.replace(node.start!, node.right.start!, enter + 0.1, [mapped('for (', node.start!), `${steps} = `, open])
  const binding = bindingOf(emission, node, disposal, point)
  const step = mapped(`${steps}.more(${waitFor(emission)}${steps}.next(), ${index}));`, node.start!)
  const more = disposal === undefined ? '' : opening(emission)
  edits.replace(node.right.end!, node.body.start!, middle, ['); ', step, ` ) { ${more}`, ...binding])
  const end = `} catch (${error}) { if (${steps}) ${steps}.failed = true; throw ${error} } finally { if (${steps}?.isOpen) yield* ${steps}.close(${index}) } }`
  edits.insert(node.end!, exit, [mapped('} ', node.end!), end])
}

function emitUses(emission: Emission, declaration: VariableDeclaration, { enter, exit }: Disposal): void {
  const { edits, names } = emission
  const [first] = declaration.declarations
  edits.replace(declaration.start!, first!.start!, enter + 0.2, mapped('const ', declaration.start!))
  for (const { init } of declaration.declarations) {
    if (!init) continue
    edits.insert(init.start!, enter + 0.3, mapped(`${names.shared('disposables')}.use(`, init.start!))
    edits.insert(init.end!, exit - 0.1, mapped(`, ${declaration.kind === 'await using'})`, init.end!))
  }
}

function emitDisposal(emission: Emission, point: Disposal, index: number): void {
  const { edits, names } = emission
  const { node, start, uses, enter, middle, exit } = point
  if (node.type === 'ForOfStatement') {
    if (node.await) {
      edits.insert(node.end!, exit, closing(emission, index))
      return
    }
    const value = names.shared('value')
    const { id } = uses[0]!.declarations[0]!
    edits.replace(node.left.start!, node.left.end!, enter, `const ${value}`)
    const name: Part = { start: id.start!, end: id.end!, low: enter, high: exit }
    const use = ` = ${names.shared('disposables')}.use(${value}, true); `
    edits.insert(node.body.start!, middle, ['{ ', opening(emission), 'const ', name, use])
    edits.insert(node.end!, exit, `${closing(emission, index)}}`)
    return
  }
  for (const declaration of uses) emitUses(emission, declaration, point)
  if (node.type === 'ForStatement') {
    edits.insert(start, enter + 0.1, `{ ${opening(emission)}`)
    edits.insert(node.end!, exit, `${closing(emission, index)}}`)
    return
  }
  const inner = node.directives.at(-1)?.end ?? node.start! + 1
  edits.insert(inner, enter + 0.1, ` ${opening(emission)}`)
  edits.insert(node.end! - 1, exit - 0.05, closing(emission, index))
}

/** Compiles the waits of a function, and returns their lines and columns. */
export function emitPoints(emission: Emission, record: FunctionRecord): number[] {
  const waits: number[] = []
  record.points.sort((a, b) => a.enter - b.enter)
  for (const [index, point] of record.points.entries()) {
    const place = point.kind === 'disposal' ? point.uses[0]! : point.node
    waits.push(...positionOf(emission, place.start!))
    if (point.kind === 'await') emitAwait(emission, point, index)
    else if (point.kind === 'return') emitReturn(emission, point, index)
    else if (point.kind === 'loop') emitLoop(emission, record, point, index)
    else if (point.kind === 'disposal') emitDisposal(emission, point, index)
    else emitYield(emission, point, index)
  }
  return waits
}
