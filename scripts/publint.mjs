// Checks the packages that are published, as they would be published: their manifests (publint), and which types the
// module resolutions of TypeScript find (Are the types wrong?).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { pack, publishedPackages } from './pack.mjs'

/** Resolution as in Node 10 knows no `exports`: it finds the main entry of a package and no other. */
const isExpected = ({ kind, resolutionKind, entrypoint }) =>
  kind === 'NoResolution' && resolutionKind === 'node10' && entrypoint !== '.'

async function problemsOf(manifest, tarball) {
  const { messages } = await publint({ pack: { tarball }, strict: true })
  const lint = messages.filter(({ type }) => type !== 'suggestion').map((message) => formatMessage(message, manifest))
  const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)))
  const types = problems.filter((problem) => !isExpected(problem)).map((problem) => JSON.stringify(problem))
  return [...lint, ...types]
}

const destination = mkdtempSync(join(tmpdir(), 'asyncio-ts-publint-'))
let failed = false
try {
  for (const { folder, manifest } of publishedPackages()) {
    const data = readFileSync(pack(folder, destination).tarball)
    const tarball = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)
    const problems = await problemsOf(manifest, tarball)
    failed ||= problems.length > 0
    console.log(`${manifest.name}: ${problems.length === 0 ? 'fine' : ''}`)
    for (const problem of problems) console.log(`  ${problem}`)
  }
} finally {
  rmSync(destination, { recursive: true })
}
process.exit(failed ? 1 : 0)
