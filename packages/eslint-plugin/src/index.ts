/** ESLint rules for programs that use asyncio-ts. */
import type { Linter, Rule } from 'eslint'
import { noAwaitInGenerator } from './rules/no-await-in-generator.ts'
import { noAwaitWhileHolding } from './rules/no-await-while-holding.ts'
import { noCheckThenAct } from './rules/no-check-then-act.ts'
import { noFloatingCoroutine } from './rules/no-floating-coroutine.ts'
import { noMilliseconds } from './rules/no-milliseconds.ts'
import { noPromiseRaceTimeout } from './rules/no-promise-race-timeout.ts'
import { noSignalLessWait } from './rules/no-signal-less-wait.ts'
import { noStartedCall } from './rules/no-started-call.ts'
import { noSwallowedCancellation } from './rules/no-swallowed-cancellation.ts'
import { preferTaskGroup } from './rules/prefer-task-group.ts'
import { releaseInFinally } from './rules/release-in-finally.ts'
import { requireYieldStar } from './rules/require-yield-star.ts'

const all = {
  'no-await-in-generator': noAwaitInGenerator,
  'no-await-while-holding': noAwaitWhileHolding,
  'no-check-then-act': noCheckThenAct,
  'no-floating-coroutine': noFloatingCoroutine,
  'no-milliseconds': noMilliseconds,
  'no-promise-race-timeout': noPromiseRaceTimeout,
  'no-signal-less-wait': noSignalLessWait,
  'no-started-call': noStartedCall,
  'no-swallowed-cancellation': noSwallowedCancellation,
  'prefer-task-group': preferTaskGroup,
  'release-in-finally': releaseInFinally,
  'require-yield-star': requireYieldStar,
} satisfies Record<RuleName, unknown>

/** The name of a rule, without the plugin's. */
export type RuleName =
  | 'no-await-in-generator'
  | 'no-await-while-holding'
  | 'no-check-then-act'
  | 'no-floating-coroutine'
  | 'no-milliseconds'
  | 'no-promise-race-timeout'
  | 'no-signal-less-wait'
  | 'no-started-call'
  | 'no-swallowed-cancellation'
  | 'prefer-task-group'
  | 'release-in-finally'
  | 'require-yield-star'

/** The plugin, and what its configurations are called. */
export interface Plugin {
  readonly meta: { readonly name: string; readonly namespace: string }
  readonly rules: Readonly<Record<RuleName, Rule.RuleModule>>
  readonly configs: {
    /** What goes wrong at run time. */
    readonly recommended: Linter.Config
    /** All rules: what may go wrong, too. */
    readonly strict: Linter.Config
  }
}

export const meta: Plugin['meta'] = { name: 'eslint-plugin-asyncio-ts', namespace: 'asyncio-ts' }

// ESLint and typescript-eslint describe the same rules by types of their own.
export const rules = all as unknown as Plugin['rules']

const plugin = { meta, rules, configs: {} as Plugin['configs'] }

function config(name: keyof Plugin['configs'], isIncluded: (rule: RuleName) => boolean): Linter.Config {
  const names = (Object.keys(all) as RuleName[]).filter(isIncluded)
  return {
    name: `asyncio-ts/${name}`,
    plugins: { 'asyncio-ts': plugin },
    rules: Object.fromEntries(names.map((rule) => [`asyncio-ts/${rule}`, 'error'])),
  }
}

export const configs: Plugin['configs'] = Object.assign(plugin.configs, {
  recommended: config('recommended', (rule) => all[rule].meta.docs?.config === 'recommended'),
  strict: config('strict', () => true),
})

// A plugin is imported by default, as ESLint's documentation has it.
// eslint-disable-next-line no-restricted-exports
export default plugin as Plugin
