// Runs before and after a package is packed. What is published has no condition that names a source file, so that no
// tool finds one by accident, and no development dependencies. `--restore` puts the manifest of the repository back.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const SOURCE_CONDITION = '@asyncio-ts/source'

function withoutSource(value) {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => key !== SOURCE_CONDITION)
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutSource(inner)]))
}

// npm leaves files of this name out of every package.
const original = 'package.json.orig'
if (existsSync(original)) renameSync(original, 'package.json')
if (process.argv[2] !== '--restore') {
  const text = readFileSync('package.json', 'utf8')
  const { devDependencies: _, ...manifest } = JSON.parse(text)
  writeFileSync(original, text)
  writeFileSync(
    'package.json',
    `${JSON.stringify({ ...manifest, exports: withoutSource(manifest.exports) }, null, 2)}\n`,
  )
}
