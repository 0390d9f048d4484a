/**
 * Forbids a `catch` that could swallow a CancelledError: it must rethrow, or look at what it caught.
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
    return {
      CatchClause(node) {
        const used =
          node.param !== null &&
          context.sourceCode.getDeclaredVariables(node).some((variable) => variable.references.length > 0)
        const rethrows = node.body.body.some((statement) => statement.type === 'ThrowStatement')
        if (!used && !rethrows) context.report({ node, messageId: 'unused' })
      },
    }
  },
}
