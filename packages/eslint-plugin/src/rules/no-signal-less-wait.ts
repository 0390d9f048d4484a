import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { pathOf, unwrap } from '../ast/enclosing.ts'
import { isFunction, walk } from '../ast/walk.ts'
import type { FunctionNode } from '../ast/walk.ts'
import { createRule } from '../create-rule.ts'
import { isHandedToLibrary } from '../library/generator-role.ts'
import { importName } from '../library/import-name.ts'
import type { LibraryCall } from '../library/call-spec.ts'
import type { Library } from '../library/library.ts'
import { libraryOf, readsBody } from '../library/library.ts'
import { calleeIn } from '../library/local-calls.ts'

type MessageId = 'signal' | 'wrap' | 'wrapIt'

const LIMITS: ReadonlySet<string> = new Set(['timeout', 'timeoutAt', 'waitFor'])
/** Forbids a wait under a time limit that the limit cannot end. */
export const noSignalLessWait = createRule<[], MessageId>({
  name: 'no-signal-less-wait',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: { description: 'Require the signal for a foreign promise under a time limit', config: 'recommended' },
    messages: {
      signal:
        '{{name}}() cannot end this wait, so its limit has no effect on it. Pass the signal that the body receives: `({ signal }) => …`.',
      wrap: '{{name}}() cannot end this wait, so its limit has no effect on it. Wrap the promise in wrapFuture().',
      wrapIt: 'Wrap it in wrapFuture().',
    },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const library = libraryOf(context)
    if (!library.isUsed || library.isCompiled) return {}
    const seen = new Set<TSESTree.Node>()
    return {
      CallExpression(node) {
        const call = library.callOf(node)
        if (call === null || !LIMITS.has(call.name) || isAbandoned(node)) return
        const body = node.arguments[call.spec.body ?? call.spec.runs ?? 0]
        const fn = body === undefined ? null : calleeIn(library.sourceCode, body)
        if (!isFunction(fn) || !fn.body || fn.generator) return
        for (const wait of waitsUnder(library, fn)) {
          if (seen.has(wait) || !isOutOfReach(library, wait)) continue
          seen.add(wait)
          report(context, library, call, wait)
        }
      },
    }
  },
})

function report(
  context: Readonly<TSESLint.RuleContext<MessageId, []>>,
  library: Library,
  call: LibraryCall,
  wait: TSESTree.Node,
): void {
  const takesSignal = wait.type === AST_NODE_TYPES.CallExpression && takes(library, wait)
  const name = importName(library, 'wrapFuture')
  const suggest: TSESLint.SuggestionReportDescriptor<MessageId>[] = []
  if (name !== null) {
    const text = `${name.text}(${context.sourceCode.getText(wait)})`
    suggest.push({ messageId: 'wrapIt', fix: (fixer) => [...name.add(fixer), fixer.replaceText(wait, text)] })
  }
  context.report({ node: wait, messageId: takesSignal ? 'signal' : 'wrap', data: { name: call.name }, suggest })
}

function takes(library: Library, node: TSESTree.CallExpression): boolean {
  if (library.types !== null) return library.types.takesSignal(node)
  return node.callee.type === AST_NODE_TYPES.Identifier && node.callee.name === 'fetch'
}

/** `{ abandon: true }`: the caller goes on at once, whatever the body does. */
function isAbandoned(node: TSESTree.CallExpression): boolean {
  return node.arguments
    .map(unwrap)
    .some(
      (argument) =>
        argument.type === AST_NODE_TYPES.ObjectExpression &&
        argument.properties.some(
          (property) =>
            property.type === AST_NODE_TYPES.Property &&
            property.key.type === AST_NODE_TYPES.Identifier &&
            property.key.name === 'abandon',
        ),
    )
}

/** What a body waits for, in functions too that it gives to the library to run. */
function waitsUnder(library: Library, fn: FunctionNode): TSESTree.Node[] {
  const waits: TSESTree.Node[] = []
  const addResult = (each: FunctionNode): void => {
    if (each.body && each.body.type !== AST_NODE_TYPES.BlockStatement) waits.push(unwrap(each.body))
  }
  addResult(fn)
  walk(fn.body!, library.keys, (node) => {
    if (isFunction(node)) {
      if (!isHandedToLibrary(library, node) || isLimited(library, node)) return false
      addResult(node)
    }
    if (node.type === AST_NODE_TYPES.AwaitExpression) waits.push(unwrap(node.argument))
    if (node.type === AST_NODE_TYPES.ReturnStatement && node.argument !== null) waits.push(unwrap(node.argument))
    return undefined
  })
  return waits
}

/** A body of another limit is looked at when that limit is. */
function isLimited(library: Library, node: FunctionNode): boolean {
  const { parent } = node
  const name = parent?.type === AST_NODE_TYPES.CallExpression ? library.callOf(parent)?.name : undefined
  return name === 'wrapFuture' || (name !== undefined && LIMITS.has(name))
}

function isOutOfReach(library: Library, node: TSESTree.Node): boolean {
  if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression) return false
  if (isSettledSoon(node) || passesSignal(library, node)) return false
  const nature = library.natureOf(node)
  if (nature === 'foreign') return !library.waits.isCancellable(node)
  return nature === 'own' && node.type === AST_NODE_TYPES.CallExpression && library.waits.reachOf(node) === 'foreign'
}

function isSettledSoon(node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const path = pathOf(node.callee)
  // What an answer has brought ends with the answer.
  return path === 'Promise.resolve' || path === 'Promise.reject' || readsBody(node)
}

/** Whether anything in a call is a signal, or carries one along. */
function passesSignal(library: Library, node: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  let found = false
  for (const argument of node.arguments) {
    walk(argument, library.keys, (each) => {
      found ||= each.type === AST_NODE_TYPES.Identifier && /signal|abort/i.test(each.name)
      return !found
    })
    const isPlain = argument.type !== AST_NODE_TYPES.SpreadElement
    if (!found && isPlain && !isFunction(argument)) found = library.types?.carriesSignal(argument) ?? false
  }
  return found
}
