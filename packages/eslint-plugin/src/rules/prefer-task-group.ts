import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { isFunction } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import { isInTask } from '../library/in-task.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'
import { isOurs } from '../library/nature.ts'

type MessageId = 'all' | 'allSettled'

/** Prefers what cancels the rest of several calls to what leaves it running. */
export const preferTaskGroup = createRule<[], MessageId>({
  name: 'prefer-task-group',
  meta: {
    type: 'suggestion',
    docs: { description: 'Prefer taskGroup() and gather() to Promise.all() in a task', config: 'strict' },
    messages: {
      all: 'When one of these calls fails, Promise.all() leaves the others running. Start them in a taskGroup(), which cancels them.',
      allSettled:
        'Promise.allSettled() turns a CancelledError into a result, and the task goes on. Use gather(…, { returnExceptions: true }).',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    return {
      CallExpression(node) {
        const callee = unwrap(node.callee)
        if (callee.type !== AST_NODE_TYPES.MemberExpression || callee.object.type !== AST_NODE_TYPES.Identifier) return
        const name = propertyName(callee)
        if (callee.object.name !== 'Promise' || (name !== 'all' && name !== 'allSettled')) return
        const [items] = node.arguments
        if (items === undefined || !isInTask(library, node) || !startsCalls(library, items)) return
        // A promise of something else is not cancelled, so there is nothing that would get lost.
        if (name === 'allSettled' && !library.waits.isCancellable(node)) return
        context.report({ node, messageId: name })
      },
    }
  },
})

/** Whether a collection is made of calls that are started for it. */
function startsCalls(library: Library, given: TSESTree.Node): boolean {
  const node = unwrap(given)
  if (node.type === AST_NODE_TYPES.SpreadElement) return startsCalls(library, node.argument)
  if (node.type === AST_NODE_TYPES.ArrayExpression) {
    const elements = node.elements.filter((element) => element !== null)
    return elements.some((element) =>
      element.type === AST_NODE_TYPES.SpreadElement ? startsCalls(library, element) : isStartedCall(library, element),
    )
  }
  if (node.type !== AST_NODE_TYPES.CallExpression) return false
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return false
  const name = propertyName(callee)
  const callback =
    name === 'map' || name === 'flatMap' ? node.arguments[0] : name === 'from' ? node.arguments[1] : undefined
  if (callback === undefined) return false
  if (!isFunction(callback)) return isPromiseOrOurs(library, node)
  if (callback.async) return true
  const { body } = callback
  if (body.type !== AST_NODE_TYPES.BlockStatement) return isStartedCall(library, body)
  const last = body.body.at(-1)
  return (
    last?.type === AST_NODE_TYPES.ReturnStatement && last.argument !== null && isStartedCall(library, last.argument)
  )
}

function isStartedCall(library: Library, given: TSESTree.Node): boolean {
  const node = unwrap(given)
  if (node.type !== AST_NODE_TYPES.CallExpression) return false
  const nature = library.natureOf(node)
  // A task has been started by itself, and is cancelled by whoever holds it.
  if (nature === 'future') return false
  return isOurs(nature) || nature === 'own' || nature === 'foreign'
}

function isPromiseOrOurs(library: Library, node: TSESTree.Node): boolean {
  const nature = library.types?.natureOfElements(node) ?? 'unknown'
  return nature === 'foreign' || nature === 'lazy' || nature === 'awaitable'
}
