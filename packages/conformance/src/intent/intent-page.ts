import type { Intent, Witness } from './read-intent.ts'

const HEAD = `# CPython's tests, and ours

For each of CPython's tests (those of Python 3.11) of locks, queues, tasks, task groups, timeouts, futures, runners,
streams, subprocesses and threads: the case or the test here that asks for the same behaviour, or why it does not apply.

The tests of the modules without sockets also run themselves, on this project's event loop: \`npm run conformance\`. What
they cannot reach is the TypeScript above the loop; that is what this table is about.

A case is a folder in \`packages/conformance/cases\`, whose trace CPython has recorded. This page is generated from
\`packages/conformance/intent\`: \`npm run intent -w packages/conformance\`.
`

/** The documentation page: a summary, and a table for each module of CPython's tests. */
export function intentPage(intents: Intent[]): string {
  const modules = [...new Set(intents.map((intent) => intent.module))]
  const sections = modules.map((module) => `\n## ${module}\n\n${table(intents.filter((i) => i.module === module))}\n`)
  return `${HEAD}\n${summary(intents, modules)}\n${sections.join('')}`
}

export function countIntents(intents: Intent[]): Record<Witness['kind'], number> {
  const count = (kind: Witness['kind']): number => intents.filter((intent) => intent.witness.kind === kind).length
  return {
    case: count('case'),
    test: count('test'),
    'not applicable': count('not applicable'),
    'not covered': count('not covered'),
  }
}

function summary(intents: Intent[], modules: string[]): string {
  const row = (name: string, some: Intent[]): string => {
    const counts = countIntents(some)
    return `| ${[name, some.length, counts.case, counts.test, counts['not applicable'], counts['not covered']].join(' | ')} |`
  }
  return [
    '| Module | Tests | Covered by a case | By a test | Do not apply | Not covered yet |',
    '|---|--:|--:|--:|--:|--:|',
    ...modules.map((module) =>
      row(
        `\`${module}\``,
        intents.filter((intent) => intent.module === module),
      ),
    ),
    row('all', intents),
  ].join('\n')
}

function table(intents: Intent[]): string {
  const lines = intents.map(({ test, witness }) => `| \`${test}\` | ${describe(witness)} |`)
  return ['| CPython | Here |', '|---|---|', ...lines].join('\n')
}

function describe(witness: Witness): string {
  switch (witness.kind) {
    case 'case':
      return `case \`${witness.id}\``
    case 'test':
      return `\`${witness.file.replace('packages/', '')}\`: ${witness.title.replaceAll('|', '\\|')}`
    case 'not applicable':
      return `*${witness.reason}*`
    case 'not covered':
      return `**not covered yet**: ${witness.what}`
  }
}
