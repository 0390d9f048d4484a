import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { enclosingFunction, pathOf, propertyName, unwrap, waitWordOf } from '../ast/enclosing.ts'
import { createRule } from '../create-rule.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'

type MessageId = 'floating' | 'unused' | 'callback' | 'condition' | 'wait'

/** Forbids a coroutine object that nobody awaits: it never runs. */
export const noFloatingCoroutine = createRule<[], MessageId>({
  name: 'no-floating-coroutine',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: {
      description: 'Require coroutine objects to be awaited, yielded, returned or handed on',
      config: 'recommended',
    },
    messages: {
      floating: 'This coroutine never runs: nothing happens until it is awaited. {{remedy}}',
      unused: 'This coroutine never runs: nothing awaits `{{name}}`. {{remedy}}',
      callback: 'The caller of this function drops the coroutine it returns, so it never runs. Use createTask() in it.',
      condition: 'A coroutine is always truthy, and never runs here. {{remedy}}',
      wait: 'Add `{{word}}`.',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    const report = (node: TSESTree.Node, messageId: MessageId, outer: TSESTree.Node, name = ''): void => {
      const word = waitWordOf(enclosingFunction(node))
      const remedy = word === null ? 'Run it with createTask().' : `Write \`${word}\` before it.`
      context.report({ node, messageId, data: { remedy, name }, suggest: suggestWait(context, node, outer, word) })
    }
    const checkTest = (test: TSESTree.Node | null): void => {
      if (test === null) return
      for (const each of operandsOf(test)) if (isLazyCall(library, each)) report(each, 'condition', each)
    }
    const checkBranch = (node: { test: TSESTree.Node | null }): void => checkTest(node.test)
    return {
      ExpressionStatement({ expression }) {
        for (const [node, outer] of droppedIn(expression)) {
          if (library.natureOf(node) === 'lazy' || isMapOfLazy(library, node)) report(node, 'floating', outer)
        }
      },
      VariableDeclarator(node) {
        const { id, init } = node
        if (init === null || id.type !== AST_NODE_TYPES.Identifier || library.natureOf(init) !== 'lazy') return
        const [variable] = context.sourceCode.getDeclaredVariables?.(node) ?? []
        const isRead = variable === undefined || variable.references.some((reference) => reference.isRead())
        const isExported = node.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration
        if (!isRead && !isExported) report(init, 'unused', init, id.name)
      },
      ArrowFunctionExpression(node) {
        if (node.async || node.body.type === AST_NODE_TYPES.BlockStatement) return
        if (library.natureOf(node.body) === 'lazy' && isResultDropped(library, node)) {
          context.report({ node: node.body, messageId: 'callback' })
        }
      },
      IfStatement: checkBranch,
      WhileStatement: checkBranch,
      DoWhileStatement: checkBranch,
      ConditionalExpression: checkBranch,
    }
  },
})

/** What a statement drops, and the text around it that a fix replaces. */
function droppedIn(given: TSESTree.Node): [node: TSESTree.Node, outer: TSESTree.Node][] {
  const node = unwrap(given)
  switch (node.type) {
    case AST_NODE_TYPES.UnaryExpression:
      return node.operator === 'void' ? droppedIn(node.argument).map(([inner]) => [inner, node]) : []
    case AST_NODE_TYPES.LogicalExpression:
      return droppedIn(node.right)
    case AST_NODE_TYPES.ConditionalExpression:
      return [...droppedIn(node.consequent), ...droppedIn(node.alternate)]
    case AST_NODE_TYPES.SequenceExpression:
      return node.expressions.flatMap(droppedIn)
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
    case AST_NODE_TYPES.Identifier:
    case AST_NODE_TYPES.MemberExpression:
      return [[node, node]]
    default:
      return []
  }
}

/** The parts of a condition whose truth is asked. */
function operandsOf(given: TSESTree.Node): TSESTree.Node[] {
  const node = unwrap(given)
  if (node.type === AST_NODE_TYPES.LogicalExpression) return [...operandsOf(node.left), ...operandsOf(node.right)]
  if (node.type === AST_NODE_TYPES.UnaryExpression && node.operator === '!') return operandsOf(node.argument)
  return [node]
}

function isLazyCall(library: Library, node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.CallExpression && library.natureOf(node) === 'lazy'
}

/** `items.map((item) => queue.put(item))`, whose array nobody looks at. */
function isMapOfLazy(library: Library, node: TSESTree.Node): boolean {
  if (node.type !== AST_NODE_TYPES.CallExpression) return false
  const callee = unwrap(node.callee)
  if (callee.type !== AST_NODE_TYPES.MemberExpression || propertyName(callee) !== 'map') return false
  const [callback] = node.arguments
  if (callback?.type !== AST_NODE_TYPES.ArrowFunctionExpression || callback.async) return false
  return callback.body.type !== AST_NODE_TYPES.BlockStatement && library.natureOf(callback.body) === 'lazy'
}

const DROPPING_FUNCTIONS = /^(?:setTimeout|setInterval|setImmediate|queueMicrotask|process\.nextTick)$/
const DROPPING_METHODS = /^(?:forEach|on|once|addListener|addEventListener|callSoon|callLater|callAt|addDoneCallback)$/

/** Whether nobody looks at what a callback returns. */
function isResultDropped(library: Library, node: TSESTree.ArrowFunctionExpression): boolean {
  const { parent } = node
  if (parent.type !== AST_NODE_TYPES.CallExpression || parent.callee === node) return false
  if (library.callOf(parent)?.spec.runs === 0) return false
  const callee = unwrap(parent.callee)
  if (DROPPING_FUNCTIONS.test(pathOf(callee) ?? '')) return true
  if (callee.type === AST_NODE_TYPES.MemberExpression && DROPPING_METHODS.test(propertyName(callee) ?? '')) return true
  return library.types?.isVoidCallback(node) ?? false
}

function suggestWait(
  context: Readonly<TSESLint.RuleContext<MessageId, []>>,
  node: TSESTree.Node,
  outer: TSESTree.Node,
  word: 'await' | 'yield*' | null,
): TSESLint.SuggestionReportDescriptor<MessageId>[] {
  if (word === null) return []
  const text = context.sourceCode.getText(node)
  const { parent } = outer
  const isStatement =
    parent?.type === AST_NODE_TYPES.ExpressionStatement || parent?.type === AST_NODE_TYPES.VariableDeclarator
  const waited = isStatement || (word === 'await' && outer === node) ? `${word} ${text}` : `(${word} ${text})`
  return [{ messageId: 'wait', data: { word }, fix: (fixer) => fixer.replaceText(outer, waited) }]
}
