// Runs turbo, which would otherwise report over the network how it is used.
import { spawnSync } from 'node:child_process'

const { error, status } = spawnSync('turbo', process.argv.slice(2), {
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  shell: process.platform === 'win32',
  stdio: 'inherit',
})
if (error) throw error
process.exit(status ?? 1)
