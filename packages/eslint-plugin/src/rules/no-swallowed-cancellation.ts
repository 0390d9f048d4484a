import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { exitsOf, Swallowing } from '../catches/swallows.ts'
import { createRule } from '../create-rule.ts'
import { importName } from '../library/import-name.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'

type MessageId = 'swallowed' | 'callback' | 'exit' | 'rethrow'

/** Forbids a catch that keeps a CancelledError from going on, and a `finally` that discards it. */
export const noSwallowedCancellation = createRule<[], MessageId>({
  name: 'no-swallowed-cancellation',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: { description: 'Require a catch around a wait to let a CancelledError go on', config: 'recommended' },
    messages: {
      swallowed:
        'This catch swallows a CancelledError, so the task goes on after it was cancelled. Call rethrowIfCancelled(error) first.',
      callback:
        'This callback swallows a CancelledError, so the task goes on after it was cancelled. Call rethrowIfCancelled(error) first.',
      exit: 'This `{{word}}` in a finally block discards a CancelledError. Move it after the block.',
      rethrow: 'Rethrow a CancelledError first.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    const swallowing = new Swallowing(library)
    return {
      TryStatement(node) {
        const { block, handler, finalizer } = node
        const waits = library.waits.hasWait(block)
        if (handler !== null && waits && swallowing.ofClause(handler)) {
          context.report({ node: handler, messageId: 'swallowed', suggest: suggestRethrow(library, handler) })
        }
        if (finalizer === null || (!waits && (handler === null || !library.waits.hasWait(handler)))) return
        for (const exit of exitsOf(finalizer, library)) {
          const word = context.sourceCode.getFirstToken(exit)!.value
          context.report({ node: exit, messageId: 'exit', data: { word } })
        }
      },
      CallExpression(node) {
        const callback = callbackOf(node)
        if (callback === null || !swallowing.ofCallback(callback)) return
        const { object } = unwrap(node.callee) as TSESTree.MemberExpression
        if (library.waits.isCancellable(object) && (isWaitedFor(node) || library.natureOf(object) === 'lazy')) {
          context.report({ node: callback, messageId: 'callback' })
        }
      },
    }
  },
})

/** What a promise calls with the error: `p.catch(callback)`, `p.then(_, callback)`. */
function callbackOf(node: TSESTree.CallExpression): TSESTree.Node | null {
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return null
  const name = propertyName(callee)
  if (name === 'catch') return node.arguments[0] ?? null
  return name === 'then' ? (node.arguments[1] ?? null) : null
}

/** Whether the promise of a call goes somewhere: what nobody waits for keeps nobody from being cancelled. */
function isWaitedFor(node: TSESTree.Node): boolean {
  const { parent } = node
  if (parent?.type === AST_NODE_TYPES.ExpressionStatement) return false
  return !(parent?.type === AST_NODE_TYPES.UnaryExpression && parent.operator === 'void')
}

function suggestRethrow(
  library: Library,
  clause: TSESTree.CatchClause,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  const name = importName(library, 'rethrowIfCancelled')
  if (name === null || (clause.param !== null && clause.param.type !== AST_NODE_TYPES.Identifier)) return []
  const error = clause.param?.name ?? 'error'
  const open = library.sourceCode.getFirstToken(clause.body)!
  return [
    {
      messageId: 'rethrow',
      fix: (fixer) => [
        ...name.add(fixer),
        ...(clause.param === null ? [fixer.insertTextBefore(clause.body, '(error) ')] : []),
        fixer.insertTextAfter(open, ` ${name.text}(${error});`),
      ],
    },
  ]
}
