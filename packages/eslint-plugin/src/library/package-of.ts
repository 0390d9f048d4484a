import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const names = new Map<string, string | null>()

/** The name of the package that a file belongs to: what the nearest package.json with a name says. */
export function packageOf(fileName: string): string | null {
  return nameOfFolder(dirname(fileName))
}

function nameOfFolder(folder: string): string | null {
  const known = names.get(folder)
  if (known !== undefined) return known
  const parent = dirname(folder)
  const name = nameIn(folder) ?? (parent === folder ? null : nameOfFolder(parent))
  names.set(folder, name)
  return name
}

function nameIn(folder: string): string | null {
  let text
  try {
    text = readFileSync(join(folder, 'package.json'), 'utf8')
  } catch {
    return null
  }
  try {
    const { name } = JSON.parse(text) as { name?: unknown }
    return typeof name === 'string' ? name : null
  } catch {
    return null
  }
}
