// Records the traces of the cases with real CPython: the one in the npm package pyodide, so that no Python is needed.
import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPyodide } from 'pyodide'

const root = fileURLToPath(new URL('../cases', import.meta.url))
const only = process.argv.slice(2)
const python = await loadPyodide()
python.runPython(readFileSync(new URL('../src/oracle.py', import.meta.url), 'utf8'))
const record = python.globals.get('record')

let changed = 0
let count = 0
for (const module of readdirSync(root).sort()) {
  for (const name of readdirSync(join(root, module)).sort()) {
    const id = `${module}/${name}`
    const source = join(root, module, name, 'case.py')
    if (!existsSync(source) || (only.length > 0 && !only.some((part) => id.includes(part)))) continue
    count++
    const trace = record(readFileSync(source, 'utf8'), id)
    const file = join(root, module, name, 'trace.txt')
    if (existsSync(file) && readFileSync(file, 'utf8') === trace) continue
    writeFileSync(file, trace)
    changed++
    console.log(`recorded ${id}`)
  }
}
console.log(`${count} cases on CPython ${python.runPython('import sys; sys.version.split()[0]')}, ${changed} traces changed`)
