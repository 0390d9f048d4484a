// Runs in the thread that loads ES modules, where Node.js has no hooks in the thread of the program.
import { readFileSync } from 'node:fs'
import { canStripTypes, compileSource, formatOf, isCompiled, isTypeScript, pathOf, stripTypes } from './load-source.ts'

interface Loaded {
  format: string | null | undefined
  source?: string | ArrayBuffer | NodeJS.TypedArray | null
  shortCircuit?: boolean
}

type Load<Context> = (url: string, context: Context) => Promise<Loaded>

/** Loads what the program's own modules consist of, compiled. */
export async function load<Context extends { format?: string | null | undefined }>(
  url: string,
  context: Context,
  nextLoad: Load<Context>,
): Promise<Loaded> {
  const path = pathOf(url)
  if (path === null || !isCompiled(path)) return nextLoad(url, context)
  const loaded = await nextLoad(url, context).catch((error: unknown) => loadTypeScript(path, error))
  if (loaded.source === null || loaded.source === undefined) return loaded
  const format = loaded.format?.replace('-typescript', '')
  if (format !== 'module' && format !== 'commonjs') return loaded
  const source =
    typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as ArrayBuffer).toString()
  return { ...loaded, source: compileSource(source, path, format) }
}

/** TypeScript where Node.js does not know it. CommonJS is left to `require`, which has its own hook. */
function loadTypeScript(path: string, error: unknown): Loaded {
  const isUnknown = (error as NodeJS.ErrnoException | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION'
  if (!isUnknown || canStripTypes || !isTypeScript(path)) throw error
  const source = readFileSync(path, 'utf8')
  const format = formatOf(path, source)
  if (format === 'commonjs') return { format, source: null, shortCircuit: true }
  return { format, source: stripTypes(source, path, format), shortCircuit: true }
}
