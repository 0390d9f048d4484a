// Measures which lines and branches of the published packages the tests and the conformance cases run, prints a table,
// and fails when a package falls below its threshold in coverage.json. `--update` writes the thresholds anew.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishedPackages } from './pack.mjs'

/** How far below what was measured a threshold is set: timing decides about some branches. */
const MARGIN_PERCENT = 1
const METRICS = ['lines', 'branches', 'functions']
const root = fileURLToPath(new URL('..', import.meta.url))
const thresholdsPath = fileURLToPath(new URL('coverage.json', import.meta.url))
const packages = publishedPackages().map(({ name }) => name)

function runTests(folder) {
  const projects = [...packages, 'conformance'].flatMap((name) => ['--project', name])
  const coverage = {
    enabled: true,
    provider: 'v8',
    reporter: 'json-summary',
    reportsDirectory: folder,
    include: 'packages/*/src/**/*.ts',
    exclude: 'packages/{benchmarks,conformance}/**',
    // A test that is too slow for the time it gives the host is no reason to hide what was measured.
    reportOnFailure: true,
  }
  const options = Object.entries(coverage).map(([name, value]) => `--coverage.${name}=${value}`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  return spawnSync(process.execPath, [vitest, 'run', ...projects, ...options], { cwd: root, stdio: 'inherit' }).status
}

/** Adds up the files of each package. */
function summarize(folder) {
  const { total: _, ...files } = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'))
  const sums = Object.fromEntries(packages.map((name) => [name, METRICS.map(() => ({ covered: 0, total: 0 }))]))
  for (const [path, summary] of Object.entries(files)) {
    const [, name] = relative(root, path).split(sep)
    METRICS.forEach((metric, index) => {
      sums[name][index].covered += summary[metric].covered
      sums[name][index].total += summary[metric].total
    })
  }
  const percent = ({ covered, total }) => (total === 0 ? 100 : (100 * covered) / total)
  return Object.fromEntries(Object.entries(sums).map(([name, all]) => [name, all.map(percent)]))
}

const folder = mkdtempSync(join(tmpdir(), 'asyncio-ts-coverage-'))
try {
  const status = runTests(folder)
  const measured = summarize(folder)
  if (process.argv.includes('--update')) {
    const floors = Object.entries(measured).map(([name, all]) => [
      name,
      Object.fromEntries(METRICS.map((metric, index) => [metric, Math.floor(all[index] - MARGIN_PERCENT)])),
    ])
    writeFileSync(thresholdsPath, `${JSON.stringify(Object.fromEntries(floors), null, 2)}\n`)
  }
  const thresholds = JSON.parse(readFileSync(thresholdsPath, 'utf8'))
  const row = (cells) => console.log(cells.map((cell, index) => cell[index ? 'padStart' : 'padEnd'](18)).join(''))
  row(['package', ...METRICS.map((metric) => `${metric} (at least)`)])
  let failed = status !== 0
  for (const [name, all] of Object.entries(measured)) {
    const cells = METRICS.map((metric, index) => {
      const floor = thresholds[name]?.[metric] ?? 0
      failed ||= all[index] < floor
      return `${all[index] < floor ? 'BELOW ' : ''}${all[index].toFixed(1)} (${floor})`
    })
    row([name, ...cells])
  }
  process.exitCode = failed ? 1 : 0
} finally {
  rmSync(folder, { recursive: true })
}
