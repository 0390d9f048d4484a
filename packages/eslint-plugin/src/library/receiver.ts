import { AST_NODE_TYPES } from '@typescript-eslint/utils'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { propertyName, unwrap } from '../ast/enclosing.ts'
import { initializerOf, variableOf } from '../ast/variable-of.ts'
import { isFunction } from '../ast/walk.ts'
import type { FunctionNode } from '../ast/walk.ts'
import type { Bindings } from './bindings.ts'
import { AWAITED, INSTANCES, METHODS, PARAMETERS } from './call-spec.ts'

/** Tells without types what class an expression is an instance of, where the file shows it. */
export class Receivers {
  readonly #sourceCode: Readonly<TSESLint.SourceCode>
  readonly #bindings: Bindings
  /** Guards against variables that are made of each other. */
  #depth = 0

  constructor(sourceCode: Readonly<TSESLint.SourceCode>, bindings: Bindings) {
    this.#sourceCode = sourceCode
    this.#bindings = bindings
  }

  classOf(given: TSESTree.Node): string | null {
    if (this.#depth > 8) return null
    this.#depth++
    try {
      return this.#classOf(unwrap(given))
    } finally {
      this.#depth--
    }
  }

  #classOf(node: TSESTree.Node): string | null {
    switch (node.type) {
      case AST_NODE_TYPES.NewExpression:
        return this.#bindings.nameOf(node.callee)
      case AST_NODE_TYPES.CallExpression:
        return INSTANCES[this.#bindings.nameOf(node.callee) ?? ''] ?? null
      case AST_NODE_TYPES.AwaitExpression:
        return this.#classOfAwaited(node.argument)
      case AST_NODE_TYPES.YieldExpression:
        return node.delegate && node.argument ? this.#classOfAwaited(node.argument) : null
      case AST_NODE_TYPES.Identifier:
        return this.#classOfVariable(node)
      case AST_NODE_TYPES.MemberExpression:
        return node.object.type === AST_NODE_TYPES.ThisExpression ? this.#classOfField(node) : null
      default:
        return null
    }
  }

  #classOfAwaited(node: TSESTree.Node): string | null {
    const call = unwrap(node)
    if (call.type !== AST_NODE_TYPES.CallExpression) return null
    const awaited = AWAITED[this.#bindings.nameOf(call.callee) ?? '']
    return typeof awaited === 'string' ? awaited : null
  }

  #classOfVariable(node: TSESTree.Identifier): string | null {
    const variable = variableOf(this.#sourceCode, node)
    const [definition] = variable?.defs ?? []
    if (variable === null || definition === undefined || variable.defs.length !== 1) return null
    const { name } = definition
    if (name.type === AST_NODE_TYPES.Identifier && name.typeAnnotation) return this.#annotated(name.typeAnnotation)
    const init = initializerOf(variable)
    if (init !== null) return this.classOf(init)
    if (definition.node.type === AST_NODE_TYPES.VariableDeclarator) {
      return this.#classOfElement(definition.node, name.type === AST_NODE_TYPES.Identifier ? name.name : '')
    }
    return isFunction(definition.node) ? this.#classOfParameter(definition.node, name) : null
  }

  /** `const [reader, writer] = await openConnection(…)`. */
  #classOfElement(node: TSESTree.VariableDeclarator, name: string): string | null {
    if (node.id.type !== AST_NODE_TYPES.ArrayPattern || node.init === null) return null
    const wait = unwrap(node.init)
    const isWait = wait.type === AST_NODE_TYPES.AwaitExpression || wait.type === AST_NODE_TYPES.YieldExpression
    const call = isWait && wait.argument ? unwrap(wait.argument) : null
    if (call?.type !== AST_NODE_TYPES.CallExpression) return null
    const classes = AWAITED[this.#bindings.nameOf(call.callee) ?? '']
    if (classes === undefined || typeof classes === 'string') return null
    const index = node.id.elements.findIndex(
      (element) => element?.type === AST_NODE_TYPES.Identifier && element.name === name,
    )
    return classes[index] ?? null
  }

  /** `taskGroup(async (tg) => …)`: what the library hands to a body. */
  #classOfParameter(fn: FunctionNode, name: TSESTree.Node): string | null {
    const call = fn.parent
    if (call?.type !== AST_NODE_TYPES.CallExpression || call.callee === fn) return null
    const classes = PARAMETERS[this.#bindings.nameOf(call.callee) ?? '']
    return classes?.[fn.params.findIndex((each) => each === name)] ?? null
  }

  #annotated(annotation: TSESTree.TSTypeAnnotation): string | null {
    const { typeAnnotation: type } = annotation
    if (type.type !== AST_NODE_TYPES.TSTypeReference) return null
    const { typeName } = type
    if (typeName.type === AST_NODE_TYPES.Identifier) return this.#known(this.#bindings.nameOf(typeName))
    return typeName.type === AST_NODE_TYPES.TSQualifiedName ? this.#known(typeName.right.name) : null
  }

  #known(name: string | null): string | null {
    return name !== null && (name in METHODS || name === 'Task' || name === 'Future') ? name : null
  }

  /** `this.lock`, where the class makes it: a field, or an assignment in a constructor. */
  #classOfField(node: TSESTree.MemberExpression): string | null {
    const name = propertyName(node)
    const body = classBodyOf(node)
    if (name === null || body === null) return null
    for (const member of body.body) {
      if (member.type !== AST_NODE_TYPES.PropertyDefinition || keyOf(member) !== name) continue
      if (member.typeAnnotation) return this.#annotated(member.typeAnnotation)
      return member.value === null ? null : this.classOf(member.value)
    }
    return this.#classOfAssigned(body, name)
  }

  #classOfAssigned(body: TSESTree.ClassBody, name: string): string | null {
    for (const member of body.body) {
      if (member.type !== AST_NODE_TYPES.MethodDefinition || member.kind !== 'constructor') continue
      for (const statement of member.value.body?.body ?? []) {
        if (statement.type !== AST_NODE_TYPES.ExpressionStatement) continue
        const { expression } = statement
        if (expression.type !== AST_NODE_TYPES.AssignmentExpression) continue
        const { left } = expression
        if (left.type !== AST_NODE_TYPES.MemberExpression || propertyName(left) !== name) continue
        if (left.object.type === AST_NODE_TYPES.ThisExpression) return this.classOf(expression.right)
      }
    }
    return null
  }
}

function keyOf(member: TSESTree.PropertyDefinition): string | null {
  const { key } = member
  if (key.type === AST_NODE_TYPES.PrivateIdentifier) return `#${key.name}`
  return key.type === AST_NODE_TYPES.Identifier && !member.computed ? key.name : null
}

/** The class whose instance `this` is. */
function classBodyOf(node: TSESTree.Node): TSESTree.ClassBody | null {
  for (let each = node.parent; each; each = each.parent) {
    if (each.type === AST_NODE_TYPES.ClassBody) return each
    const isOtherThis =
      each.type === AST_NODE_TYPES.FunctionDeclaration ||
      (each.type === AST_NODE_TYPES.FunctionExpression && each.parent.type !== AST_NODE_TYPES.MethodDefinition)
    if (isOtherThis) return null
  }
  return null
}
