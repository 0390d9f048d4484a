import { ESLintUtils } from '@typescript-eslint/utils'

/** What the documentation says about a rule beside its description. */
export interface RuleDocs {
  /** The smallest configuration that contains the rule. */
  readonly config: 'recommended' | 'strict'
}

const FOLDER = 'https://github.com/asyncio-ts/asyncio-ts/blob/main/packages/eslint-plugin/docs/rules'

/** Makes a rule, whose documentation is a page of its name. */
export const createRule = ESLintUtils.RuleCreator<RuleDocs>((name) => `${FOLDER}/${name}.md`)
