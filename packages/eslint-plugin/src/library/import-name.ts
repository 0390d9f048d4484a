import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isLibraryModule } from './call-spec.ts'
import type { Library } from './library.ts'

/** A name of the library as a file writes it, and what has to be added to the file for that. */
export interface ImportedName {
  readonly text: string
  readonly add: (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[]
}

/** The package that exports a name which fixes add. */
const HOMES: Readonly<Record<string, string>> = {
  isCancelled: '@asyncio-ts/core',
  rethrowIfCancelled: '@asyncio-ts/core',
  createTask: '@asyncio-ts/tasks',
  gather: '@asyncio-ts/tasks',
  wrapFuture: '@asyncio-ts/tasks',
}

/** What to write for a name of the library; nothing where the file imports nothing that could be extended. */
export function importName(library: Library, name: string): ImportedName | null {
  const local = library.bindings.localOf(name)
  if (local !== null) return { text: local, add: () => [] }
  const imports = library.sourceCode.ast.body.filter(
    (node): node is TSESTree.ImportDeclaration =>
      node.type === AST_NODE_TYPES.ImportDeclaration && isLibraryModule(node.source.value),
  )
  const values = imports.filter((node) => node.importKind !== 'type')
  const home = imports.some((node) => node.source.value === 'asyncio-ts') ? 'asyncio-ts' : HOMES[name]
  const extended = values.find((node) => node.source.value === home && namedOf(node).length > 0)
  if (extended !== undefined) {
    const last = namedOf(extended).at(-1)!
    return { text: name, add: (fixer) => [fixer.insertTextAfter(last, `, ${name}`)] }
  }
  const first = imports[0]
  if (first === undefined || home === undefined) return null
  const quote = first.source.raw[0] ?? "'"
  const end = library.sourceCode.getLastToken(first)?.value === ';' ? ';' : ''
  const line = `import { ${name} } from ${quote}${home}${quote}${end}\n`
  return { text: name, add: (fixer) => [fixer.insertTextBefore(first, line)] }
}

function namedOf(node: TSESTree.ImportDeclaration): TSESTree.ImportSpecifier[] {
  return node.specifiers.filter((each) => each.type === AST_NODE_TYPES.ImportSpecifier)
}
