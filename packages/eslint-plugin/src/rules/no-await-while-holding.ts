import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { walkHere } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'
import { holdOf } from '../locks/hold.ts'

/** Forbids a wait while a lock is held that would not be released if the task were cancelled there. */
export const noAwaitWhileHolding = createRule<[], 'holding'>({
  name: 'no-await-while-holding',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require with(), using or finally where a task waits while it holds a lock',
      config: 'recommended',
    },
    messages: {
      holding:
        '`{{lock}}` stays locked for ever if the task is cancelled here. Hold it with `using _ = await {{lock}}.acquire()` or `{{lock}}.with(…)`.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    const check = (statement: TSESTree.ExpressionStatement | TSESTree.VariableDeclaration): void => {
      const hold = holdOf(library, statement)
      if (hold === null || hold.release === null) return
      const wait = firstWait(library, hold.unprotected, hold.release)
      if (wait !== null) context.report({ node: wait, messageId: 'holding', data: { lock: hold.lock } })
    }
    return { ExpressionStatement: check, VariableDeclaration: check }
  },
})

/** The first wait in some statements, before the release. */
function firstWait(
  library: Library,
  statements: readonly TSESTree.Statement[],
  release: TSESTree.Node,
): TSESTree.Node | null {
  let wait: TSESTree.Node | null = null
  for (const statement of statements) {
    walkHere(statement, library.keys, (node) => {
      if (wait === null && isWait(node) && node.range[0] < release.range[0]) wait = node
      return wait === null
    })
  }
  return wait
}

function isWait(node: TSESTree.Node): boolean {
  return (
    node.type === AST_NODE_TYPES.AwaitExpression ||
    node.type === AST_NODE_TYPES.YieldExpression ||
    (node.type === AST_NODE_TYPES.ForOfStatement && node.await)
  )
}
