import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, unwrap } from '../ast/enclosing.ts'
import type { FunctionNode } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import { callTaking, generatorRole } from '../library/generator-role.ts'
import { importName } from '../library/import-name.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'

type MessageId = 'promise' | 'asyncGenerator' | 'wrap'

/** Forbids a coroutine to wait for a promise that is not wrapped. */
export const noAwaitInGenerator = createRule<[], MessageId>({
  name: 'no-await-in-generator',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: { description: 'Require wrapFuture for a promise that a generator waits for', config: 'recommended' },
    messages: {
      promise: 'A generator cannot wait for a promise: this throws. Write `yield* wrapFuture(…)`.',
      asyncGenerator:
        'An async generator cannot run as a coroutine. Remove `async` and wait with `yield*`, or remove `*` and wait with `await`.',
      wrap: 'Wrap the promise in wrapFuture().',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    const checkFunction = (node: TSESTree.FunctionExpression | TSESTree.FunctionDeclaration): void => {
      if (!node.async || !node.generator || !isRunByLibrary(library, node)) return
      context.report({ node, messageId: 'asyncGenerator' })
    }
    return {
      YieldExpression(node) {
        const { argument } = node
        const fn = enclosingFunction(node)
        if (!argument || fn === null || fn.async) return
        const nature = library.natureOf(argument)
        if (nature !== 'foreign' && nature !== 'own') return
        const isIterable = node.delegate && library.types?.isIterable(argument) === true
        if (isIterable || (!node.delegate && generatorRole(library, fn) !== 'coroutine')) return
        context.report({ node, messageId: 'promise', suggest: suggestWrap(library, node, argument) })
      },
      FunctionExpression: checkFunction,
      FunctionDeclaration: checkFunction,
    }
  },
})

/** Whether a function is given to what runs coroutines; `asyncgen` and `mapConcurrent` take async generators. */
function isRunByLibrary(library: Library, fn: FunctionNode): boolean {
  if (callTaking(fn) !== null) return isRunIn(library, fn)
  const id = fn.id ?? (fn.parent?.type === AST_NODE_TYPES.VariableDeclarator ? fn.parent.id : null)
  if (id?.type !== AST_NODE_TYPES.Identifier) return false
  const variables = library.sourceCode.getDeclaredVariables?.(
    fn.parent?.type === AST_NODE_TYPES.VariableDeclarator ? fn.parent : fn,
  )
  return (variables ?? []).some(
    (variable) =>
      variable.name === id.name && variable.references.some(({ identifier }) => isRunIn(library, identifier)),
  )
}

function isRunIn(library: Library, node: TSESTree.Node): boolean {
  const call = callTaking(node)
  if (call === null) return false
  if (library.exportedName(call.callee) === 'coroutine') return true
  const spec = library.callOf(call)?.spec
  const position = spec?.runs ?? spec?.body
  const argument = position === undefined ? undefined : call.arguments[position]
  return spec?.runsAll === true || (argument !== undefined && unwrap(argument) === node)
}

function suggestWrap(
  library: Library,
  node: TSESTree.YieldExpression,
  argument: TSESTree.Expression,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  const name = importName(library, 'wrapFuture')
  if (name === null) return []
  const promise = library.sourceCode.getText(argument)
  return [
    {
      messageId: 'wrap',
      fix: (fixer) => [...name.add(fixer), fixer.replaceText(node, `yield* ${name.text}(${promise})`)],
    },
  ]
}
