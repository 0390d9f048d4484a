import { RuleTester } from '@typescript-eslint/rule-tester'
import tseslint from 'typescript-eslint'
import { afterAll, describe, it } from 'vitest'

RuleTester.afterAll = afterAll
RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only
RuleTester.describeSkip = describe.skip
RuleTester.itSkip = it.skip

/** Tests a rule on the text of programs, without types: what it reports is in the tests of mistakes. */
export const tester = new RuleTester({ languageOptions: { parser: tseslint.parser as never } })

/** The setting of a program whose build compiles its async functions. */
export const compiled = { 'asyncio-ts': { compiled: true } }
