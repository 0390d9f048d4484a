import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { pathOf, unwrap } from '../ast/enclosing.ts'
import { initializerOf, variableOf } from '../ast/variable-of.ts'
import { createRule } from '../create-rule.ts'
import type { Library } from '../library/library.ts'
import { libraryOf } from '../library/library.ts'

type MessageId = 'milliseconds' | 'named' | 'divide'

/** From here on a number of seconds is more likely one of milliseconds. */
const LIMIT = 50
/** The options that are durations: `timeout`, `sslHandshakeTimeout`, `happyEyeballsDelay`. */
const OPTION = /^(?:timeout|delay|grace|[a-z]\w*(?:Timeout|Delay))$/

/** Names that say so: `delayMs`, `TIMEOUT_MS`, `ms`. */
const NAMED =
  /(?:[a-z\d](?:Ms|Millis|Milliseconds)|_(?:ms|MS|millis|MILLIS|MILLISECONDS))$|^(?:ms|millis|milliseconds)$/

/** Forbids milliseconds where the library takes seconds. */
export const noMilliseconds = createRule<[{ limit?: number }], MessageId>({
  name: 'no-milliseconds',
  meta: {
    type: 'problem',
    hasSuggestions: true,
    docs: { description: 'Require durations in seconds', config: 'recommended' },
    messages: {
      milliseconds:
        '{{value}} looks like milliseconds, and asyncio-ts takes seconds: this is {{span}}. Divide it by 1000.',
      named: '`{{name}}` is in milliseconds, and asyncio-ts takes seconds. Divide it by 1000.',
      divide: 'Divide it by 1000.',
    },
    schema: [
      {
        type: 'object',
        properties: {
          limit: { type: 'number', minimum: 0, description: 'The smallest number that is taken for milliseconds.' },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{}],
  },
  defaultOptions: [{}],
  create(context, [{ limit = LIMIT }]) {
    const library = libraryOf(context)
    if (!library.isUsed) return {}
    const check = (given: TSESTree.Node | undefined): void => {
      if (given === undefined || given.type === AST_NODE_TYPES.SpreadElement) return
      const node = unwrap(given)
      const suggest = [
        {
          messageId: 'divide' as const,
          fix: (fixer: TSESLint.RuleFixer) => {
            const text = context.sourceCode.getText(node)
            const isSimple = node.type !== AST_NODE_TYPES.BinaryExpression || node.operator === '*'
            return fixer.replaceText(node, isSimple ? `${text} / 1000` : `(${text}) / 1000`)
          },
        },
      ]
      const name = pathOf(node)
      if (name !== null && NAMED.test(name.split('.').at(-1)!)) {
        context.report({ node, messageId: 'named', data: { name }, suggest })
        return
      }
      const value = valueOf(library, node)
      if (value === null || !looksLikeMilliseconds(value, node, limit)) return
      const text = context.sourceCode.getText(node)
      context.report({ node, messageId: 'milliseconds', data: { value: text, span: spanOf(value) }, suggest })
    }
    return {
      CallExpression(node) {
        const call = library.callOf(node)
        if (call === null) return
        if (call.spec.seconds !== undefined) check(node.arguments[call.spec.seconds])
        for (const argument of node.arguments) {
          if (argument.type !== AST_NODE_TYPES.ObjectExpression) continue
          for (const property of argument.properties) if (isDuration(property)) check(property.value)
        }
      },
    }
  },
})

function isDuration(property: TSESTree.Property | TSESTree.SpreadElement): property is TSESTree.Property {
  if (property.type !== AST_NODE_TYPES.Property || property.computed) return false
  const { key } = property
  return key.type === AST_NODE_TYPES.Identifier && OPTION.test(key.name)
}

/** A number that is written out, or the one that a constant was given. */
function valueOf(library: Library, node: TSESTree.Node): number | null {
  if (node.type === AST_NODE_TYPES.Literal) return typeof node.value === 'number' ? node.value : null
  if (node.type === AST_NODE_TYPES.BinaryExpression && node.operator === '*') {
    const [left, right] = [valueOf(library, unwrap(node.left)), valueOf(library, unwrap(node.right))]
    return left === null || right === null ? null : left * right
  }
  if (node.type !== AST_NODE_TYPES.Identifier) return null
  const variable = variableOf(library.sourceCode, node)
  const init = variable === null ? null : initializerOf(variable)
  return init === null || init.type === AST_NODE_TYPES.Identifier ? null : valueOf(library, unwrap(init))
}

/** A product says what it means by its factors: `5 * 60`, `5 * 1000`. */
function looksLikeMilliseconds(value: number, node: TSESTree.Node, limit: number): boolean {
  if (value < limit || !Number.isFinite(value)) return false
  return node.type === AST_NODE_TYPES.BinaryExpression ? hasThousand(node) : !isRoundSpan(value)
}

/** Spans that people count in seconds: up to ten minutes, some more of them, whole hours of a day, and days. */
function isRoundSpan(seconds: number): boolean {
  const [minutes, hours, days] = [seconds / 60, seconds / 3600, seconds / 86_400]
  if (Number.isInteger(minutes) && minutes <= 10) return true
  if ([15, 20, 30, 45, 90].includes(minutes)) return true
  return Number.isInteger(hours) && (hours <= 24 || (Number.isInteger(days) && days <= 366))
}

function hasThousand(node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.Literal) return node.value === 1000
  return node.type === AST_NODE_TYPES.BinaryExpression && (hasThousand(node.left) || hasThousand(node.right))
}

function spanOf(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} hours`
  return `${Math.round(seconds / 86_400)} days`
}
