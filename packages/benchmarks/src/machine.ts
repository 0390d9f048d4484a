import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { installedPeers } from './installed-peers.ts'

/** What the numbers were taken on. */
export type Machine = Readonly<Record<string, string>>

const require = createRequire(import.meta.url)

function versionOfPackage(name: string): string {
  let folder = dirname(require.resolve(name))
  for (;;) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string
        version?: string
      }
      if (found.name === name && found.version !== undefined) return found.version
      throw new Error(`${folder} is not the root of ${name}`)
    } catch (error) {
      if (dirname(folder) === folder) throw error
      folder = dirname(folder)
    }
  }
}

const firstLine = (command: string, args: readonly string[]): string =>
  spawnSync(command, args, { encoding: 'utf8' }).stdout.split('\n')[0]!

/** Describes the machine, the runtimes and the versions of the libraries. */
export function describeMachine(node: string, pythons: ReadonlyMap<string, string>): Machine {
  const versions: Record<string, string> = {
    cpu: `${cpus().length} x ${cpus()[0]!.model.trim()}, load ${loadavg()[0]!.toFixed(1)} at the start`,
    node: firstLine(node, ['--version']),
  }
  for (const [module, python] of pythons) {
    const read = `import sys, ${module}; print(getattr(${module}, '__version__', sys.version.split()[0]))`
    versions[module] = firstLine(python, ['-c', read])
  }
  for (const name of installedPeers()) versions[name] = versionOfPackage(name)
  return versions
}
