import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESTree } from '@typescript-eslint/utils'
import { pathOf, propertyName, unwrap } from '../ast/enclosing.ts'
import { variableOf } from '../ast/variable-of.ts'
import { isFunction, walk } from '../ast/walk.ts'
import { calleeIn } from '../library/local-calls.ts'
import type { Library } from '../library/library.ts'
import { mentions, truthOf } from './error-test.ts'

/** What can happen to a CancelledError: `true` where it gets lost on the way. */
interface Outcome {
  /** The end of the statement may be reached. */
  readonly falls: boolean
  /** The block may be left without an error: `return`, `break`, `continue`. */
  readonly leaves: boolean
}

const FALLS: Outcome = { falls: true, leaves: false }
const LEAVES: Outcome = { falls: false, leaves: true }
/** The error goes on, in whatever way. */
const GOES_ON: Outcome = { falls: false, leaves: false }

/** The names of a library that decides about cancels. */
const QUESTIONS: ReadonlySet<string> = new Set(['isCancelled', 'rethrowIfCancelled', 'CancelledError'])
const ANSWERS = /^(?:CancelledError|ERR_ASYNCIO_CANCELLED)$/
/** Methods that pass an error on to whoever waits. */
const SINKS = /^(?:setException|reject|abort|destroy|throw|fail|error|callExceptionHandler)$/
/** Objects whose methods only write down what they are given. */
const LOGS = /^(?:console|log|logger|this\.log|this\.logger|this\.#log|this\.#logger)$/

/** Decides whether a catch loses a CancelledError. */
export class Swallowing {
  readonly #library: Library

  constructor(library: Library) {
    this.#library = library
  }

  ofClause(clause: TSESTree.CatchClause): boolean {
    const { param, body } = clause
    if (this.#asks(body) || (param !== null && this.#asks(param))) return false
    const error = param?.type === AST_NODE_TYPES.Identifier ? param.name : null
    return isLost(this.#ofStatements(body.body, error))
  }

  /** The callback of a promise's `catch`. What is not a function of this file is not judged. */
  ofCallback(given: TSESTree.Node): boolean {
    const fn = calleeIn(this.#library.sourceCode, given)
    if (!isFunction(fn) || !fn.body || this.#asks(fn.body)) return false
    const [param] = fn.params
    const error = param?.type === AST_NODE_TYPES.Identifier ? param.name : null
    if (fn.body.type === AST_NODE_TYPES.BlockStatement) return isLost(this.#ofStatements(fn.body.body, error))
    return isLost(this.#ofExpression(fn.body, error))
  }

  /** Whether the question is asked at all: the author has thought of a cancel. */
  #asks(node: TSESTree.Node): boolean {
    let found = false
    walk(node, this.#library.keys, (each) => {
      if (each.type === AST_NODE_TYPES.Literal) found ||= typeof each.value === 'string' && ANSWERS.test(each.value)
      if (each.type === AST_NODE_TYPES.Identifier || each.type === AST_NODE_TYPES.MemberExpression) {
        found ||= QUESTIONS.has(this.#library.exportedName(each) ?? nameOf(each))
      }
      return !found
    })
    return found
  }

  #ofStatements(statements: readonly TSESTree.Statement[], error: string | null): Outcome {
    const [first, ...rest] = statements
    if (first === undefined) return FALLS
    if (first.type === AST_NODE_TYPES.IfStatement) return this.#ofIf(first, rest, error)
    return this.#followed(this.#ofStatement(first, error), rest, error)
  }

  #followed(outcome: Outcome, rest: readonly TSESTree.Statement[], error: string | null): Outcome {
    if (!outcome.falls || rest.length === 0) return outcome
    const { falls, leaves } = this.#ofStatements(rest, error)
    return { falls, leaves: leaves || outcome.leaves }
  }

  #ofStatement(node: TSESTree.Statement, error: string | null): Outcome {
    switch (node.type) {
      case AST_NODE_TYPES.ThrowStatement:
        return GOES_ON
      case AST_NODE_TYPES.ReturnStatement:
        return node.argument !== null && this.#ofExpression(node.argument, error) === GOES_ON ? GOES_ON : LEAVES
      case AST_NODE_TYPES.BreakStatement:
      case AST_NODE_TYPES.ContinueStatement:
        return LEAVES
      case AST_NODE_TYPES.BlockStatement:
        return this.#ofStatements(node.body, error)
      case AST_NODE_TYPES.IfStatement:
        return this.#ofIf(node, [], error)
      case AST_NODE_TYPES.ExpressionStatement:
        return this.#ofExpression(node.expression, error)
      case AST_NODE_TYPES.SwitchStatement:
        return this.#ofSwitch(node, error)
      case AST_NODE_TYPES.TryStatement:
        return this.#ofStatements([...node.block.body, ...(node.finalizer?.body ?? [])], error)
      case AST_NODE_TYPES.VariableDeclaration:
        return node.declarations.some((each) => each.init !== null && this.#ofExpression(each.init, error) === GOES_ON)
          ? GOES_ON
          : FALLS
      default:
        return FALLS
    }
  }

  /** A condition, and what follows it. */
  #ofIf(node: TSESTree.IfStatement, rest: readonly TSESTree.Statement[], error: string | null): Outcome {
    const { consequent, alternate } = node
    const then = this.#followed(this.#ofStatement(consequent, error), rest, error)
    const otherwise = this.#followed(alternate === null ? FALLS : this.#ofStatement(alternate, error), rest, error)
    const truth = error === null ? 'unknown' : truthOf(node.test, error)
    if (truth === 'true') return then
    if (truth === 'false') return otherwise
    // A condition that looks at the error in its own way is trusted to tell a cancel apart.
    if (truth === 'looks' && !isLost(then)) return then
    if (truth === 'looks' && !isLost(otherwise)) return otherwise
    return { falls: then.falls || otherwise.falls, leaves: then.leaves || otherwise.leaves }
  }

  #ofSwitch(node: TSESTree.SwitchStatement, error: string | null): Outcome {
    if (error === null || !mentions(node.discriminant, error)) return FALLS
    const fallback = node.cases.findIndex((each) => each.test === null)
    if (fallback === -1) return FALLS
    const outcome = this.#ofStatements(
      node.cases.slice(fallback).flatMap((each) => each.consequent),
      error,
    )
    return isLost(outcome) ? FALLS : GOES_ON
  }

  /** Whether an expression hands the error on, or never returns. */
  #ofExpression(given: TSESTree.Node, error: string | null): Outcome {
    const node = unwrap(given)
    if (node.type === AST_NODE_TYPES.AwaitExpression) return this.#ofExpression(node.argument, error)
    if (node.type === AST_NODE_TYPES.UnaryExpression) return this.#ofExpression(node.argument, error)
    if (node.type === AST_NODE_TYPES.YieldExpression) {
      return node.argument ? this.#ofExpression(node.argument, error) : FALLS
    }
    if (node.type === AST_NODE_TYPES.AssignmentExpression) {
      return error !== null && mentions(node.right, error) && this.#isKept(node) ? GOES_ON : FALLS
    }
    if (node.type !== AST_NODE_TYPES.CallExpression) return FALLS
    return this.#endsProcess(node) || (error !== null && this.#handsOn(node, error)) ? GOES_ON : FALLS
  }

  #endsProcess(node: TSESTree.CallExpression): boolean {
    const path = pathOf(node.callee)
    return path === 'process.exit' || path === 'process.abort' || this.#library.types?.neverReturns(node) === true
  }

  #handsOn(node: TSESTree.CallExpression, error: string): boolean {
    if (!node.arguments.some((argument) => mentions(argument, error))) return false
    const callee = unwrap(node.callee)
    if (callee.type === AST_NODE_TYPES.MemberExpression) {
      const object = pathOf(callee.object) ?? ''
      if (SINKS.test(propertyName(callee) ?? '')) return !LOGS.test(object)
    }
    if (callee.type === AST_NODE_TYPES.Identifier && this.#isCallback(callee)) return true
    const fn = calleeIn(this.#library.sourceCode, callee)
    if (!isFunction(fn) || !fn.body) return false
    if (this.#asks(fn.body)) return true
    return fn.body.type === AST_NODE_TYPES.BlockStatement && !isLost(this.#ofStatements(fn.body.body, null))
  }

  /** `reject` of a promise's executor, `next` of a request handler: who called gets the error. */
  #isCallback(callee: TSESTree.Identifier): boolean {
    const definition = variableOf(this.#library.sourceCode, callee)?.defs[0]
    return definition?.type === 'Parameter'
  }

  /** Whether an error that is put aside is thrown later, and before anything else is waited for. */
  #isKept(node: TSESTree.AssignmentExpression): boolean {
    for (let each: TSESTree.Node | undefined = node.parent; each && !isFunction(each); each = each.parent) {
      if (LOOPS.has(each.type)) return false
    }
    if (node.left.type === AST_NODE_TYPES.MemberExpression) return true
    if (node.left.type !== AST_NODE_TYPES.Identifier) return false
    const variable = variableOf(this.#library.sourceCode, node.left)
    return variable?.references.some(({ identifier }) => isThrown(identifier)) === true
  }
}

const LOOPS: ReadonlySet<string> = new Set([
  ...[AST_NODE_TYPES.WhileStatement, AST_NODE_TYPES.DoWhileStatement, AST_NODE_TYPES.ForStatement],
  ...[AST_NODE_TYPES.ForOfStatement, AST_NODE_TYPES.ForInStatement],
])

function isLost(outcome: Outcome): boolean {
  return outcome.falls || outcome.leaves
}

function nameOf(node: TSESTree.Identifier | TSESTree.MemberExpression): string {
  return node.type === AST_NODE_TYPES.Identifier ? node.name : (propertyName(node) ?? '')
}

function isThrown(node: TSESTree.Node): boolean {
  for (let each: TSESTree.Node | undefined = node.parent; each && !isFunction(each); each = each.parent) {
    if (each.type === AST_NODE_TYPES.ThrowStatement) return true
    if (each.type === AST_NODE_TYPES.CallExpression) return SINKS.test(pathOf(each.callee)?.split('.').at(-1) ?? '')
  }
  return false
}

/** The statements that leave a `finally` block, and with it discard the error that is on its way. */
export function exitsOf(block: TSESTree.BlockStatement, library: Library): TSESTree.Statement[] {
  const exits: TSESTree.Statement[] = []
  walk(block, library.keys, (node) => {
    if (isFunction(node)) return false
    const isJump = node.type === AST_NODE_TYPES.BreakStatement || node.type === AST_NODE_TYPES.ContinueStatement
    if (node.type === AST_NODE_TYPES.ReturnStatement || (isJump && jumpsOut(node, block))) exits.push(node)
    return undefined
  })
  return exits
}

function jumpsOut(node: TSESTree.BreakStatement | TSESTree.ContinueStatement, block: TSESTree.Node): boolean {
  for (let each: TSESTree.Node | undefined = node.parent; each && each !== block; each = each.parent) {
    if (node.label !== null) {
      if (each.type === AST_NODE_TYPES.LabeledStatement && each.label.name === node.label.name) return false
    } else if (LOOPS.has(each.type)) return false
    else if (each.type === AST_NODE_TYPES.SwitchStatement && node.type === AST_NODE_TYPES.BreakStatement) return false
  }
  return true
}
