/**
 * Forbids a `catch` that could swallow a CancelledError: it must rethrow, or look at what it caught.
 *
 * The same holds for the callback of a promise's `catch`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const noSwallowedCatch = {
  meta: {
    type: 'problem',
    docs: { description: 'a catch clause rethrows, or uses the error it caught' },
    messages: {
      unused: 'This catch swallows whatever was thrown, a CancelledError too. Rethrow it, or look at the error first.',
    },
    schema: [],
  },
  create(context) {
    const isUsed = (node) =>
      context.sourceCode.getDeclaredVariables(node).some((variable) => variable.references.length > 0)
    return {
      CatchClause(node) {
        const rethrows = node.body.body.some((statement) => statement.type === 'ThrowStatement')
        if (!isUsed(node) && !rethrows) context.report({ node, messageId: 'unused' })
      },
      'CallExpression[callee.property.name="catch"] > :function.arguments'(node) {
        if (node.params.length === 0) context.report({ node, messageId: 'unused' })
      },
    }
  },
}
