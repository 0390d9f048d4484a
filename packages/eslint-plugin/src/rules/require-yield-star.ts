import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, unwrap } from '../ast/enclosing.ts'
import { createRule } from '../create-rule.ts'
import { generatorRole } from '../library/generator-role.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'
import { isOurs } from '../library/nature.ts'

/** Forbids `yield` where a coroutine means `yield*`. */
export const requireYieldStar = createRule<[], 'star'>({
  name: 'require-yield-star',
  meta: {
    type: 'problem',
    fixable: 'code',
    docs: { description: 'Require yield* for what a coroutine waits for', config: 'recommended' },
    messages: {
      star: 'A coroutine waits with `yield*`. `yield` throws a RuntimeError here.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    return {
      YieldExpression(node) {
        const { argument } = node
        const fn = enclosingFunction(node)
        if (node.delegate || !argument || fn === null || fn.async) return
        if (!isOurs(library.natureOf(argument))) return
        const role = generatorRole(library, fn)
        if (role === 'values' || (role === 'unknown' && !isEvident(library, argument))) return
        const word = context.sourceCode.getFirstToken(node)!
        context.report({ node, messageId: 'star', fix: (fixer) => fixer.insertTextAfter(word, '*') })
      },
    }
  },
})

/** In a `function*` that might be either: it waits for what a call has made, which nobody else could. */
function isEvident(library: Library, argument: TSESTree.Node): boolean {
  return unwrap(argument).type === AST_NODE_TYPES.CallExpression && library.natureOf(argument) === 'lazy'
}
