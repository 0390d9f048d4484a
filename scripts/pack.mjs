// Packs the packages that are published, as they would be published.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../packages', import.meta.url))

/** The folders of the packages that are published, with their manifests. */
export function publishedPackages() {
  return readdirSync(packages)
    .map((name) => ({ name, folder: join(packages, name) }))
    .map((each) => ({ ...each, manifest: JSON.parse(readFileSync(join(each.folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true)
}

/** Packs the package in `folder` and returns the path of the tarball and those of the files in it. */
export function pack(folder, destination) {
  const report = execFileSync(
    'npm',
    ['pack', '--json', '--foreground-scripts=false', '--pack-destination', destination],
    {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    },
  )
  const [{ filename, files }] = JSON.parse(report)
  return { tarball: join(destination, filename), paths: files.map(({ path }) => path) }
}
