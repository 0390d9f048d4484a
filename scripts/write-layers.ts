/** Writes what layers.json says into ARCHITECTURE.md and the READMEs of the packages; with --check, only compares. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layerLineOf, pictureOf, readLayers } from './layers.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const check = process.argv.includes('--check')
let stale = 0

function rewrite(path: string, edit: (text: string) => string): void {
  if (!existsSync(path)) throw new Error(`${path} is missing.`)
  const before = readFileSync(path, 'utf8')
  const after = edit(before)
  if (after === before) return
  stale++
  console.log(`${check ? 'stale' : 'wrote'} ${path.slice(root.length)}`)
  if (!check) writeFileSync(path, after)
}

const layers = readLayers(root)
rewrite(join(root, 'ARCHITECTURE.md'), (text) =>
  text.replace(/(?<=<!-- layers -->\n\n)[\s\S]*?(?=\n\n<!-- \/layers -->)/, pictureOf(layers)),
)
for (const layer of layers) {
  rewrite(join(root, 'packages', layer.package, 'README.md'), (text) =>
    text.replace(/^Layer \d · .*$/m, layerLineOf(layer)),
  )
}
if (check && stale > 0) {
  console.error('Run `npm run layers`.')
  process.exit(1)
}
console.log('The layers agree.')
