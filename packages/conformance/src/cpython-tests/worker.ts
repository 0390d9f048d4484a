/** One run of CPython's tests: in a worker, because it blocks, and may have to be ended from outside. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { loadPyodide } from 'pyodide-py311'
import { hostForPython } from './host-for-python.ts'
import type { Report, RunOptions } from './run-options.ts'

const options = workerData as RunOptions
const report = (message: Report): void => parentPort!.postMessage(message)
const source = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

// It looks for itself in a stack trace, which the loader of TypeScript changes.
const indexURL = dirname(createRequire(import.meta.url).resolve('pyodide-py311'))
// Tests write to files that are not there; what becomes of them is in the report.
const quiet = (): void => undefined
const python = await loadPyodide({ indexURL, stdout: quiet, stderr: quiet })
python.FS.mkdirTree('/cpython/test')
python.FS.mount(python.FS.filesystems.NODEFS, { root: options.tests }, '/cpython/test')
const host = hostForPython(report)
python.registerJsModule('ts_host', host)
python.runPython('import sys; sys.path.insert(0, "/cpython"); sys.dont_write_bytecode = True; import ts_host')
python.runPython(source('hosted_loop.py'))
python.runPython(source('run_tests.py'))
python.runPython('HostedLoop.host = ReferenceLoop.host = ts_host')
host.connect(python.runPython('HostedLoop.dispatch'), python.runPython('HostedLoop.clock_of'))
const { globals } = python as unknown as { globals: Map<string, never> }
const run = globals.get('run') as unknown as (...args: unknown[]) => void
const loopClass = globals.get(options.loop === 'ours' ? 'HostedLoop' : 'ReferenceLoop')
run(host, loopClass, globals.get('Deadline'), options.modules, options.finished, options.secondsPerTest)
report({ kind: 'end' })
