/** What layers.json says, and whether the repository agrees with it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import ts from 'typescript'

/** One package in layers.json. */
export interface Layer {
  package: string
  layer: number
  imports: string[]
  /** What it depends on beside packages of this repository; nothing where absent. */
  uses?: string[]
  /** Its entries besides the main one; none where absent. */
  entries?: string[]
}

/** A file of a package's src, with what it imports. */
export interface SourceFile {
  /** Relative to the package's src. */
  path: string
  text: string
}

/** Everything about a package that has to agree with its layer. */
export interface PackageFacts {
  package: string
  dependencies: string[]
  /** What its user has installed: a tool that it extends. */
  peers: string[]
  references: string[]
  /** The entries that its manifest exports besides the main one. */
  entries: string[]
  files: SourceFile[]
}

/** The packages that are not named by their folder alone. */
const NAMES: Readonly<Record<string, string>> = {
  'asyncio-ts': 'asyncio-ts',
  'eslint-plugin': 'eslint-plugin-asyncio-ts',
}

export const nameOf = (folder: string): string => NAMES[folder] ?? `@asyncio-ts/${folder}`

/** Every module specifier of a file, of type-only imports too. */
export function importsOf(file: SourceFile): string[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map(({ fileName }) => fileName)
}

const isOurs = (specifier: string): boolean =>
  specifier === 'asyncio-ts' || /^(asyncio-ts|@asyncio-ts)\//.test(specifier)

const isContract = (path: string): boolean => path.startsWith('contract/')

function checkImports(facts: PackageFacts, allowed: Set<string>): string[] {
  const problems: string[] = []
  const declared = new Set([...facts.dependencies, ...facts.peers])
  for (const file of facts.files) {
    for (const specifier of importsOf(file)) {
      const where = `${facts.package}/src/${file.path} imports ${specifier}`
      if (!specifier.startsWith('.')) {
        const isKnown = specifier.startsWith('node:') || (isOurs(specifier) ? allowed : declared).has(specifier)
        if (!isKnown) {
          problems.push(`${where}, which ${isOurs(specifier) ? 'layers.json' : 'package.json'} does not allow`)
        }
        continue
      }
      const target = normalize(join(dirname(file.path), specifier))
      if (target.startsWith('..')) problems.push(`${where}, outside its package`)
      else if (isContract(file.path) && !isContract(target)) problems.push(`${where}, which is not a contract`)
    }
  }
  return problems
}

const importsWithin = (file: SourceFile): string[] =>
  importsOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(dirname(file.path), specifier)))

/** Follows the arrows of a graph, and returns the first cycle, if there is one. */
function cycleAmong(graph: ReadonlyMap<string, Iterable<string>>): string[] | null {
  const finished = new Set<string>()
  const visit = (name: string, trail: string[]): string[] | null => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name]
    if (finished.has(name)) return null
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next, [...trail, name])
      if (cycle !== null) return cycle
    }
    finished.add(name)
    return null
  }
  for (const name of graph.keys()) {
    const cycle = visit(name, [])
    if (cycle !== null) return cycle
  }
  return null
}

/**
 * Returns the first cycle among the files of a package, if there is one.
 *
 * Contracts may refer to each other: a loop makes tasks, and a task knows its loop. They are types, and emit nothing.
 */
export function cycleIn(files: SourceFile[]): string[] | null {
  const code = files.filter(({ path }) => !isContract(path))
  return cycleAmong(new Map(code.map((file) => [file.path, importsWithin(file)])))
}

/** The folder of a file, or the file itself if it is in none. */
const roomOf = (path: string): string => (path.includes('/') ? `${path.split('/')[0]}/` : path)

/** Returns the first cycle among the folders of a package, if there is one. */
export function folderCycleIn(files: SourceFile[]): string[] | null {
  const graph = new Map<string, Set<string>>()
  for (const file of files) {
    const room = roomOf(file.path)
    const targets = graph.get(room) ?? new Set()
    for (const path of importsWithin(file)) if (roomOf(path) !== room) targets.add(roomOf(path))
    graph.set(room, targets)
  }
  return cycleAmong(graph)
}

/** A contract is types only: it must leave nothing behind when it is compiled. */
export function emitsNothing(text: string): boolean {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true },
  })
  return outputText.replace(/export \{\};?/g, '').trim() === ''
}

function sameSet(kind: string, facts: PackageFacts, actual: string[], expected: string[]): string[] {
  const [a, b] = [[...actual].sort().join(', '), [...expected].sort().join(', ')]
  return a === b ? [] : [`${facts.package}: ${kind} are [${a}], and layers.json says [${b}]`]
}

/** What an import of a package may be written as. */
function entriesOf(name: string, layers: Layer[]): string[] {
  const entries = layers.find((each) => each.package === name)?.entries ?? []
  return [nameOf(name), ...entries.map((entry) => `${nameOf(name)}/${entry}`)]
}

/** Returns everything in which a package disagrees with layers.json. */
export function checkPackage(facts: PackageFacts, layers: Layer[]): string[] {
  const layer = layers.find((each) => each.package === facts.package)
  if (layer === undefined) return [`${facts.package} is missing in layers.json`]
  const expected = layer.imports.map(nameOf)
  const problems = [
    ...sameSet('dependencies in package.json', facts, facts.dependencies, [...expected, ...(layer.uses ?? [])]),
    ...sameSet('references in tsconfig.json', facts, facts.references, layer.imports),
    ...sameSet('entries in package.json', facts, facts.entries, layer.entries ?? []),
    ...checkImports(facts, new Set(layer.imports.flatMap((name) => entriesOf(name, layers)))),
  ]
  for (const name of layer.imports) {
    const below = layers.find((each) => each.package === name)
    if (below === undefined || layers.indexOf(below) >= layers.indexOf(layer)) {
      problems.push(`${facts.package} imports ${name}, which is not listed above it`)
    } else if (below.layer >= layer.layer) {
      problems.push(`${facts.package} imports ${name}, which is not of a lower layer`)
    }
  }
  const cycle = cycleIn(facts.files)
  if (cycle !== null) problems.push(`${facts.package}: import cycle ${cycle.join(' -> ')}`)
  const folders = folderCycleIn(facts.files)
  if (folders !== null) problems.push(`${facts.package}: folders import each other ${folders.join(' -> ')}`)
  for (const { path, text } of facts.files) {
    if (isContract(path) && !emitsNothing(text)) problems.push(`${facts.package}/src/${path} emits JavaScript`)
  }
  return problems
}

/** Reads layers.json. */
export function readLayers(root: string): Layer[] {
  return (JSON.parse(readFileSync(join(root, 'layers.json'), 'utf8')) as { layers: Layer[] }).layers
}

/** The published packages: those that are not private. */
export function readPackages(root: string): PackageFacts[] {
  const folders = readdirSync(join(root, 'packages')).filter((name) => {
    const manifest = join(root, 'packages', name, 'package.json')
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).private !== true
  })
  return folders.map((folder) => {
    const base = join(root, 'packages', folder)
    const manifest = JSON.parse(readFileSync(join(base, 'package.json'), 'utf8')) as {
      dependencies?: object
      peerDependencies?: object
      exports?: object
    }
    const config = JSON.parse(readFileSync(join(base, 'tsconfig.json'), 'utf8')) as { references?: { path: string }[] }
    const src = join(base, 'src')
    const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
    return {
      package: folder,
      dependencies: Object.keys(manifest.dependencies ?? {}),
      peers: Object.keys(manifest.peerDependencies ?? {}),
      entries: Object.keys(manifest.exports ?? {})
        .filter((entry) => /^\.\/[\w-]+$/.test(entry))
        .map((entry) => entry.slice(2)),
      references: (config.references ?? []).map(({ path }) => relative(base, join(base, path)).replace(/^\.\.\//, '')),
      files: paths.map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') })),
    }
  })
}

/** The picture at the top of ARCHITECTURE.md. */
export function pictureOf(layers: Layer[]): string {
  const width = Math.max(...layers.map((layer) => layer.package.length))
  const rows = layers.map((layer) => {
    const imports = layer.imports.length === 0 ? 'imports nothing' : `imports ${layer.imports.join(', ')}`
    return `L${layer.layer}  ${layer.package.padEnd(width)} ${imports}`
  })
  return ['```', ...rows, '```'].join('\n')
}

/** The second line of a package's README: what it stands on, and the unit that a reader must not guess. */
export function layerLineOf(layer: Layer): string {
  const imports = layer.imports.length === 0 ? 'imports nothing' : `imports ${layer.imports.join(', ')}`
  const knowsTime = layer.package === 'core' || layer.imports.includes('core')
  return `Layer ${layer.layer} · ${imports}${knowsTime ? ' · durations are seconds' : ''}`
}
