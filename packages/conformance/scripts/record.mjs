// Records the traces of the cases with real CPython: the one in the npm package pyodide, so that no Python is needed.
//
//   npm run conformance:record                 every case
//   npm run conformance:record -- locks/ wait  those whose names contain one of these
//   npm run conformance:record -- --check      fails when a trace is not what CPython prints; writes nothing
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPyodide } from 'pyodide'

const root = fileURLToPath(new URL('../cases', import.meta.url))
const check = process.argv.includes('--check')
const only = process.argv.slice(2).filter((argument) => argument !== '--check')

const ids = readdirSync(root)
  .flatMap((module) => readdirSync(join(root, module)).map((name) => `${module}/${name}`))
  .filter(
    (id) => existsSync(join(root, id, 'case.py')) && (only.length === 0 || only.some((part) => id.includes(part))),
  )
  .sort()

const python = await loadPyodide()
python.runPython(readFileSync(new URL('../src/oracle.py', import.meta.url), 'utf8'))
const record = python.globals.get('record')

let changed = 0
let failed = 0
for (const id of ids) {
  let trace
  try {
    trace = record(readFileSync(join(root, id, 'case.py'), 'utf8'), id)
  } catch (error) {
    // The error itself carries the source of all of pyodide.
    console.error(String(error.message))
    failed++
    continue
  }
  const file = join(root, id, 'trace.txt')
  if (existsSync(file) && readFileSync(file, 'utf8') === trace) continue
  changed++
  if (!check) writeFileSync(file, trace)
  console.log(check ? `${id} differs; CPython prints:\n${trace}` : `recorded ${id}`)
}

const version = python.runPython('import sys; sys.version.split()[0]')
console.log(`${ids.length} cases on CPython ${version}, ${changed} traces ${check ? 'differ' : 'changed'}`)
if (ids.length === 0) console.error('No case has such a name.')
if (ids.length === 0 || failed > 0 || (check && changed > 0)) process.exitCode = 1
