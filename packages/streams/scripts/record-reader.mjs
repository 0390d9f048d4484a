// Records what CPython's StreamReader does with random scripts: `node scripts/record-reader.mjs` rewrites the fixture.
import { readFileSync, writeFileSync } from 'node:fs'
import { loadPyodide } from 'pyodide'

const COUNT = 600

let state = 20260101
/** A whole number below `bound`, always the same ones in a row. */
function random(bound) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * bound)
}
const pick = (list) => list[random(list.length)]

/** Bytes of which many are separators, or the beginning of one. */
const bytes = (length) => Array.from({ length }, () => pick(['0a', '0d', '61', '62', '2d'])).join('')

function readStep() {
  switch (random(5)) {
    case 0:
      return ['read', random(12)]
    case 1:
      return ['read', -1]
    case 2:
      return ['readexactly', random(14)]
    case 3:
      return ['readline']
    default:
      return ['readuntil', Array.from({ length: 1 + random(3) }, () => bytes(1 + random(3)))]
  }
}

function makeScript() {
  const steps = []
  let isReadAll = false
  for (let left = 2 + random(14); left > 0; left--) {
    const kind = random(20)
    if (kind < 9) steps.push(['feed', bytes(1 + random(9))])
    else if (kind < 17) {
      const step = readStep()
      isReadAll = step[0] === 'read' && step[1] < 0
      steps.push(step)
    }
    // CPython drops what a cancelled read() had taken; here it stays in the reader.
    else if (kind < 18 && !isReadAll) steps.push(['cancel'])
    else if (kind < 19) steps.push(['eof'])
    else if (random(3) === 0 && !isReadAll) steps.push(['fail'])
  }
  return { limit: 1 + random(12), steps }
}

const scripts = Array.from({ length: COUNT }, makeScript)
const python = await loadPyodide()
python.globals.set('scripts', JSON.stringify(scripts))
const source = readFileSync(new URL('play_reader.py', import.meta.url), 'utf8')
const outcomes = JSON.parse(python.runPython(source))
const version = python.runPython('import sys; sys.version.split()[0]')
const rows = scripts.map((script, index) => JSON.stringify({ ...script, outcome: outcomes[index] }))
const path = new URL('../test/fixtures/stream-reader.json', import.meta.url)
writeFileSync(path, `{ "python": ${JSON.stringify(version)}, "scripts": [\n${rows.join(',\n')}\n] }\n`)
console.log(`CPython ${version}: ${rows.length} scripts recorded`)
process.exit()
