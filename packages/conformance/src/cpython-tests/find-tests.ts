import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGES = ['libpython3.11-testsuite', 'libpython3.11-stdlib']
const INSTALLED = '/usr/lib/python3.11/test'
const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/cpython-3.11-tests', import.meta.url))

const isWhole = (folder: string): boolean =>
  ['test_asyncio/test_tasks.py', 'support/__init__.py', 'ssl_cert.pem'].every((name) => existsSync(join(folder, name)))

/**
 * Finds CPython 3.11's package `test`: installed, fetched before, or fetched now with apt into the cache.
 *
 * @returns its folder, or the reason why there is none
 */
export function findTests(): { folder: string } | { reason: string } {
  const cached = join(CACHE, 'usr/lib/python3.11/test')
  for (const folder of [process.env['CPYTHON_TESTS'] ?? INSTALLED, INSTALLED, cached]) {
    if (isWhole(folder)) return { folder }
  }
  try {
    fetchInto(CACHE)
  } catch (error) {
    return { reason: `${PACKAGES.join(' and ')} are not installed, and apt did not fetch them: ${firstLine(error)}` }
  }
  return isWhole(cached) ? { folder: cached } : { reason: `the packages that apt fetched hold no tests (${cached})` }
}

/** Unpacks the packages beside the cache, then moves them there: an interrupted run leaves nothing half done. */
function fetchInto(cache: string): void {
  mkdirSync(join(cache, '..'), { recursive: true })
  const folder = mkdtempSync(`${cache}-`)
  try {
    execFileSync('apt-get', ['download', ...PACKAGES], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 60_000,
    })
    const unpacked = join(folder, 'unpacked')
    for (const file of readdirSync(folder)) {
      execFileSync('dpkg-deb', ['-x', join(folder, file), unpacked], { timeout: 60_000 })
    }
    rmSync(cache, { recursive: true, force: true })
    renameSync(unpacked, cache)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const firstLine = (error: unknown): string =>
  String((error as Error).message)
    .trim()
    .split('\n')
    .at(-1) ?? ''
