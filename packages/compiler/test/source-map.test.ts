import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { transform } from '../src/index.ts'

const programs: [title: string, filename: string, source: string][] = [
  [
    'functions',
    'a.ts',
    'export async function load<T>(url: string, retries = 3): Promise<T> {\n  const response = await fetch(url)\n  if (!response.ok) throw new Error(`status ${response.status}`)\n\n  return (await response.json()) as T\n}\nexport const twice = async (x: number) => await load(x) + (await other(x))\n',
  ],
  [
    'classes',
    'b.js',
    'class Store extends Base {\n  #items = new Map()\n  async get(key) {\n    const found = this.#items.get(key)\n    return found ?? (await super.get(key, this.#items))\n  }\n\n  static async *all(...stores) {\n    for (const store of stores) yield* store.entries()\n    yield await final\n  }\n  handler = async ({ detail }) => { await this.get(detail) }\n}\n',
  ],
  [
    'loops',
    'c.js',
    'async function consume(source) {\n  outer: for await (const { id, items = [] } of source.read(await limit())) {\n    for await (last of items) if (last.done) continue outer; else break outer\n    await using lock = acquire(id), other = await open(lock)\n  }\n}\n',
  ],
  [
    'closures',
    'd.js',
    'function setup(app, config) {\n  let count = 0\n  const limit = config.limit\n  app.get("/", async (request) => {\n    count++\n    await respond(request, limit)\n  })\n  return items.map(async item => process(item, limit, count))\n}\n',
  ],
  [
    'JSX',
    'e.tsx',
    'export const Page = async ({ id }: { id: string }) => {\n  const user = await load(id)\n  return <main title={user.name} onClick={async () => { await save(user) }}>{await text(user)}</main>\n}\n',
  ],
]

const token = /[A-Za-z_$][\w$]*|\d+|"[^"]*"/g
/** Words that compiled code does without, or has at another place. */
const gone = new Set(['async', 'await', 'function', 'super', 'using', 'yield', 'for', 'of', 'let', 'const', 'return'])

/** Words of which compiled code has more. */
const made = new Set(
  (
    'function yield value const let for try catch finally throw if void new target return use call bind more next close dispose fail ' +
    'isOpen failed true false this super name is not a constructor TypeError'
  ).split(' '),
)

interface Place {
  text: string
  line: number
  column: number
}

function tokensOf(code: string): Place[] {
  return code
    .split('\n')
    .flatMap((text, index) =>
      [...text.matchAll(token)].map((match) => ({ text: match[0], line: index + 1, column: match.index })),
    )
}

/** Every token of the source, with whether some token of the output leads back to it exactly. */
function lost(source: string, code: string, map: TraceMap): string[] {
  const found = new Set<string>()
  for (const { text, line, column } of tokensOf(code)) {
    const original = originalPositionFor(map, { line, column })
    if (original.line !== null) {
      found.add(`${text.replace(/^"(\w+)"$/, '$1').replace(/(?<=\w)\$\d*$/, '')} ${original.line}:${original.column}`)
    }
  }
  return tokensOf(source)
    .filter(({ text }) => !gone.has(text))
    .map(({ text, line, column }) => `${text.replace(/^"(\w+)"$/, '$1')} ${line}:${column}`)
    .filter((each) => !found.has(each))
}

describe('the source map', () => {
  it.each(programs)('leads back to each token: %s', (_title, filename, source) => {
    const { code, map } = transform(source, { filename })!
    expect(lost(source, code, new TraceMap(map))).toEqual([])
  })

  it.each(programs)('leads a word to a line that has it: %s', (_title, filename, source) => {
    const { code, map } = transform(source, { filename })!
    const trace = new TraceMap(map)
    const lines = source.split('\n')
    const start = code.indexOf('; ', code.indexOf('describe$(')) + 1
    const words = tokensOf(code.replace(code.slice(0, start), (text) => ' '.repeat(text.length)))
    for (const { text, line, column } of words) {
      if (made.has(text) || /[$\d ]/.test(text)) continue
      const { line: place } = originalPositionFor(trace, { line, column })
      if (place === null) continue
      expect(lines[place - 1], `${text} at ${line}:${column}`).toContain(text.replaceAll('"', ''))
    }
  })

  it('leads an await to its await, and a function to its name', () => {
    const source = 'const a = 1\nexport async function load() {\n  return 1 + (await other())\n}\n'
    const { code, map } = transform(source, { filename: 'f.js' })!
    const trace = new TraceMap(map)
    const at = (text: string) => {
      const offset = code.indexOf(text)
      const before = code.slice(0, offset).split('\n')
      const { line, column, name } = originalPositionFor(trace, { line: before.length, column: before.at(-1)!.length })
      return { line, column, name }
    }
    expect(at('yield (')).toEqual({ line: 3, column: 14, name: null })
    expect(at('load$() {')).toEqual({ line: 2, column: 22, name: 'load' })
    expect(at('load() { return new')).toEqual({ line: null, column: null, name: null })
  })

  it('is composed with that of an earlier step, and so is the table of functions', () => {
    const source =
      'interface A {\n  x: number\n}\nexport async function load(a: A): Promise<number> {\n  const { x } = a\n  return (await other(x)) as number\n}\n'
    const earlier = transformSync(source, { loader: 'ts', sourcemap: true, sourcefile: 'g.ts', target: 'es2022' })
    const { code, map } = transform(earlier.code, { filename: 'g.js', displayName: 'g.ts', inputMap: earlier.map })!
    expect(map.sources).toEqual(['g.ts'])
    const line = code.split('\n').findIndex((text) => text.includes('other(x)'))
    const column = code.split('\n')[line]!.indexOf('other(x)')
    expect(originalPositionFor(new TraceMap(map), { line: line + 1, column })).toMatchObject({ line: 6, column: 16 })
    expect(code).toContain('"g.ts", [["load",4,1,[6,11]]]')
  })

  it('tells the runtime where functions and awaits stand', () => {
    const { code } = transform(
      'class A {\n  async m() {\n    await a; return [\n      await b]\n  }\n}\nexport const f = async () => { for await (const x of y) await x }\n',
      { filename: 'src/h.js' },
    )!
    expect(code).toContain('("src/h.js", [["A.m",2,3,[3,5,4,7]],["f",7,18,[7,32,7,57]]])')
  })
})
