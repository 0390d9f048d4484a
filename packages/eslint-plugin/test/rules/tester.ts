import { RuleTester } from '@typescript-eslint/rule-tester'
import type { RunTests } from '@typescript-eslint/rule-tester'
import type { TSESLint } from '@typescript-eslint/utils'
import tseslint from 'typescript-eslint'
import { afterAll, describe, it } from 'vitest'

RuleTester.afterAll = afterAll
RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only
RuleTester.describeSkip = describe.skip
RuleTester.itSkip = it.skip

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser as never } })

/** Tests a rule on the text of programs, without types: what it reports with them is in the tests of mistakes. */
export function testRule<MessageId extends string, Options extends readonly unknown[]>(
  rule: TSESLint.RuleModule<MessageId, Options, unknown> & { name: string },
  tests: RunTests<MessageId, Options>,
): void {
  // The tester brings a copy of typescript-eslint's types of its own.
  tester.run(rule.name, rule as never, tests)
}

/** The setting of a program whose build compiles its async functions. */
export const compiled = { 'asyncio-ts': { compiled: true } }
