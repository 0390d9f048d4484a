import type { Emission, Site } from './emission.ts'

export interface PreludeOptions {
  readonly usesImport: boolean
  readonly runtime: string
  /** How the table calls the file. */
  readonly name: string
  /** Translates a line and column to those of the source that was written. */
  readonly places: (line: number, column: number) => [line: number, column: number]
}

/** What the runtime exports, under the names that the emission asks for. */
const exported = [
  'call',
  'apply',
  'asyncGenerator',
  'register',
  'asyncIterator',
  'delegateYield',
  'disposer',
  'describe',
]

function translated([name, line, column, waits]: Site, places: PreludeOptions['places']): Site {
  const moved: number[] = []
  for (let index = 0; index < waits.length; index += 2) moved.push(...places(waits[index]!, waits[index + 1]!))
  return [name, ...places(line, column), moved]
}

/** What a compiled module begins with: the runtime, and the table of its functions. */
export function preludeOf(emission: Emission, { usesImport, runtime, name, places }: PreludeOptions): string {
  const { names, sites, siteNames, moduleVariables } = emission
  const describe = names.shared('describe')
  const used = exported.filter((each) => names.uses(each)).map((each) => [each, names.shared(each)] as const)
  const from = JSON.stringify(runtime)
  const table = sites.map((site) => JSON.stringify(translated(site, places))).join(',')
  const variables = [
    `[${siteNames.join(', ')}] = ${describe}(${JSON.stringify(name)}, [${table}])`,
    ...moduleVariables,
  ].join(', ')
  const head = usesImport
    ? `import { ${used.map(([each, local]) => `${each} as ${local}`).join(', ')} } from ${from}; var ${variables}; `
    : `var { ${used.map(([each, local]) => `${each}: ${local}`).join(', ')} } = require(${from}), ${variables}; `
  if (!names.uses('notConstructor')) return head
  const text = names.shared('name')
  return `${head}function ${names.shared('notConstructor')}(${text}) { throw new TypeError(${text} + " is not a constructor") } `
}
