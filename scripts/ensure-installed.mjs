// Runs `npm ci` when the dependencies are missing or older than the lockfile, so that one command works on a fresh
// clone. Only Node's own modules may be imported here.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

function modified(path) {
  try {
    return statSync(new URL(path, new URL('..', import.meta.url))).mtimeMs
  } catch (error) {
    if (error.code === 'ENOENT') return 0
    throw error
  }
}

const installed = modified('node_modules/.package-lock.json')
if (installed === 0 || installed < modified('package-lock.json')) {
  console.log('Installing dependencies ...')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}
