import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction } from '../ast/enclosing.ts'
import { someHere } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'
import { holdOf, isReleasedElsewhere } from '../locks/hold.ts'
import type { Hold } from '../locks/hold.ts'

type MessageId = 'outside' | 'inside' | 'never' | 'using'

/** Requires that what is acquired is released in a `finally` block, and nowhere else. */
export const releaseInFinally = createRule<[], MessageId>({
  name: 'release-in-finally',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: { description: 'Require locks to be released in a finally block', config: 'recommended' },
    messages: {
      outside: '`{{lock}}` stays locked for ever if something throws before this. Release it in a finally block.',
      inside:
        'If this wait is cancelled, the finally block releases a lock that is not held here. Acquire it before the try statement.',
      never:
        'Nothing releases `{{lock}}`. Write `using _ = await {{lock}}.acquire()`, or release it in a finally block.',
      using: 'Hold it until the end of the block, with `using`.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    const check = (statement: TSESTree.ExpressionStatement | TSESTree.VariableDeclaration): void => {
      const hold = holdOf(library, statement)
      if (hold === null) return
      const data = { lock: hold.lock }
      if (hold.around !== null) {
        if (hold.guard === null) context.report({ node: hold.call, messageId: 'inside' })
      } else if (hold.release === null) {
        if (isReleasedElsewhere(library, hold)) return
        context.report({ node: hold.call, messageId: 'never', data, suggest: suggestUsing(context, hold) })
      } else if (!hold.isProtected && hold.unprotected.some((each) => mayThrow(library, each, hold))) {
        context.report({ node: hold.release, messageId: 'outside', data })
      }
    }
    return { ExpressionStatement: check, VariableDeclaration: check }
  },
})

const HARMLESS: ReadonlySet<string> = new Set([
  ...[AST_NODE_TYPES.ExpressionStatement, AST_NODE_TYPES.VariableDeclaration, AST_NODE_TYPES.VariableDeclarator],
  ...[AST_NODE_TYPES.AssignmentExpression, AST_NODE_TYPES.UpdateExpression, AST_NODE_TYPES.BinaryExpression],
  ...[AST_NODE_TYPES.Identifier, AST_NODE_TYPES.ThisExpression, AST_NODE_TYPES.Literal],
  ...[AST_NODE_TYPES.MemberExpression, AST_NODE_TYPES.PrivateIdentifier],
])

/** Whether a statement before the release may throw, or leave the block: counting up may not. */
function mayThrow(library: Library, statement: TSESTree.Statement, { release }: Hold): boolean {
  return someHere(statement, library.keys, (node) => {
    const isBefore = node.range[0] < release!.range[0] && node.range[1] <= release!.range[0]
    if (isBefore) return !HARMLESS.has(node.type)
    // What the release stands in: a condition may skip it.
    return node !== release && node.range[1] > release!.range[1] && !HARMLESS.has(node.type)
  })
}

function suggestUsing(
  context: Readonly<TSESLint.RuleContext<MessageId, []>>,
  { acquire, guard }: Hold,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  const isUsable = enclosingFunction(acquire)?.body?.type === AST_NODE_TYPES.BlockStatement
  if (!isUsable) return []
  const { sourceCode } = context
  if (acquire.type === AST_NODE_TYPES.VariableDeclaration && guard !== null) {
    const kind = sourceCode.getFirstToken(acquire)!
    return [{ messageId: 'using', fix: (fixer) => fixer.replaceText(kind, 'using') }]
  }
  return [{ messageId: 'using', fix: (fixer) => fixer.insertTextBefore(acquire, 'using _ = ') }]
}
