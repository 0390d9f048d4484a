import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

const packages = ['asyncio-ts', '@asyncio-ts/core'] as const

interface Manifest {
  exports?: Record<string, { import?: { default?: string }; default?: string } | undefined>
}

/** How Node.js says that there is no such package, or that it keeps its manifest to itself. */
const missing = new Set(['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED'])

/** The module with the runtime in a package, as it is found from a folder. */
function moduleFrom(folder: string, name: string): string | null {
  let manifest: string
  try {
    manifest = createRequire(join(folder, 'file.js')).resolve(`${name}/package.json`)
  } catch (error) {
    if (!(error instanceof Error) || !missing.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    return null
  }
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
  const entry = exports?.['./compiled']
  const file = entry?.import?.default ?? entry?.default
  return file === undefined ? null : join(dirname(manifest), file)
}

const nameByFolder = new Map<string, string | null>()

/** The name by which files of a folder can import the runtime, if they can. */
function nameFrom(folder: string): string | null {
  const known = nameByFolder.get(folder)
  if (known !== undefined) return known
  const found = packages.find((name) => moduleFrom(folder, name) !== null)
  const name = found === undefined ? null : `${found}/compiled`
  nameByFolder.set(folder, name)
  return name
}

/**
 * Finds the module that a compiled file imports: the one that the file itself can import, or else the project's, by its
 * path.
 *
 * @throws Error if there is none.
 */
export function runtimeFor(filename: string, root: string): string {
  const name = nameFrom(dirname(resolve(filename)))
  if (name !== null) return name
  for (const each of packages) {
    const file = moduleFrom(resolve(root), each)
    if (file !== null) return file.replaceAll('\\', '/')
  }
  throw new Error(
    `${filename} is compiled, but it cannot import asyncio-ts or @asyncio-ts/core. ` +
      'Install one of them in the project, or name the module in the option runtime.',
  )
}
