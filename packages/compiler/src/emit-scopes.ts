import { mapped } from './edits.ts'
import type { Emission } from './emission.ts'
import type { FunctionRecord } from './function-record.ts'
import { findText } from './scanner.ts'
import type { Scope } from './scope.ts'

const lets = ({ additions: { variables } }: Scope): string =>
  variables.length > 0 ? `let ${variables.join(', ')}; ` : ''

function startOf({ code }: Emission, { node }: Scope): number {
  if (node.type === 'StaticBlock') return findText(code, '{', node.start! + 6) + 1
  const last = node.type === 'BlockStatement' ? node.directives.at(-1)?.end : null
  return last ?? node.start! + 1
}

/** Gives an arrow that returns an expression a body with statements. */
function emitArrowBody({ edits }: Emission, record: FunctionRecord, scope: Scope): void {
  const { node, additions } = scope
  edits.insert(node.start!, record.enter + 0.5, [
    mapped('{ ', node.start!),
    `${additions.directive}${lets(scope)}`,
    mapped('return (', node.start!),
  ])
  edits.insert(node.end!, record.exit - 0.3, [mapped(')', node.end!), ...additions.moved, mapped(' }', node.end!)])
}

/** Writes what was added to scopes. */
export function emitScopes(emission: Emission, records: readonly FunctionRecord[]): void {
  for (const record of records) {
    const { bodyScope } = record
    if (bodyScope?.kind !== 'arrow') continue
    if (record.isCompiled || emission.extended.has(bodyScope)) emitArrowBody(emission, record, bodyScope)
  }
  for (const scope of emission.extended) {
    if (scope.kind === 'arrow' || scope.additions.variables.length === 0) continue
    emission.edits.insert(startOf(emission, scope), scope.enter + 0.15, ` ${lets(scope)}`)
  }
}
