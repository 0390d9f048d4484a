import type { Difference } from './differences.ts'
import type { Row } from './surface.ts'

const TITLES: Readonly<Record<string, string>> = {
  runners: 'Runners',
  coroutines: 'Coroutines',
  tasks: 'Tasks',
  taskgroups: 'Task groups',
  timeouts: 'Timeouts',
  futures: 'Futures',
  locks: 'Synchronization',
  queues: 'Queues',
  streams: 'Streams',
  subprocess: 'Subprocesses',
  threads: 'Threads',
  exceptions: 'Exceptions',
  graph: 'Call graph',
  events: 'Event loop, handles',
  base_events: 'Server',
  protocols: 'Protocols',
  transports: 'Transports',
  unix_events: 'The loop of the platform',
}

const HEAD = `# Compatibility

Which names of Python's asyncio are here, under which name, and what shows that they behave alike.

Every name of \`asyncio.__all__\` of CPython 3.14 and every public method and property of its classes has a row. What it is
called here follows from one rule: \`snake_case\` becomes \`camelCase\`, classes keep their names, keyword arguments become
one options object, durations stay in seconds.

*Shown by* names a recorded case (\`locks/waiters-are-served-in-order\`: CPython's trace and ours, line by line) and a test
that use the name. Beside these, \`npm run conformance\` runs random programs on CPython and here and compares their
traces, and runs CPython's own tests on the loop of this project.

This page is generated: \`npm run surface -w packages/conformance\`.
`

const DIFFERENCES = `Most of these are open issues of CPython whose right answer is agreed upon, and asyncio-ts gives that answer. Each case holds
both traces: \`trace.txt\` is CPython's, \`trace.difference.txt\` is ours.`

/** The documentation page: a summary, the differences, and a table for each module of CPython. */
export function compatibilityPage(rows: Row[], differences: Difference[]): string {
  const sections = Object.entries(TITLES).map(([module, title]) => {
    const own = rows.filter((row) => row.module === module)
    return own.length === 0 ? '' : `\n## ${title}\n\n${table(own)}\n`
  })
  return `${HEAD}\n${summary(rows)}\n${differencesSection(differences)}${sections.join('')}`
}

function differencesSection(differences: Difference[]): string {
  const lines = differences.map(({ id, difference }) => `| \`${id}\` | ${difference} |`)
  return ['\n## Where CPython differs', '', DIFFERENCES, '', '| Shown by | |', '|---|---|', ...lines, ''].join('\n')
}

export interface Summary {
  total: number
  there: number
  explained: number
  missing: number
  shown: number
}

export function summarize(rows: Row[]): Summary {
  const count = (state: Row['state']): number => rows.filter((row) => row.state === state).length
  const shown = rows.filter((row) => row.evidence.length > 0).length
  return { total: rows.length, there: count('there'), explained: count('explained'), missing: count('missing'), shown }
}

function summary(rows: Row[]): string {
  const { total, there, explained, missing, shown } = summarize(rows)
  return [
    '| Names and members | |',
    '|---|--:|',
    `| of CPython 3.14 | ${total} |`,
    `| here | ${there} |`,
    `| of these, shown by a case or a test | ${shown} |`,
    `| not here, for a reason | ${explained} |`,
    `| not here yet | ${missing} |`,
  ].join('\n')
}

function table(rows: Row[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|')
  const lines = rows.map(({ python, ours, evidence, note }) => {
    const shown = evidence.map((label) => `\`${label}\``).join(', ')
    return `| \`${python}\` | ${ours === null ? '' : `\`${ours}\``} | ${shown} | ${cell(note)} |`
  })
  return ['| Python | Here | Shown by | |', '|---|---|---|---|', ...lines].join('\n')
}
