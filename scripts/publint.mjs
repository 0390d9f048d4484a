// Checks the manifests of the packages that are published, as they would be published.
import { readdirSync, readFileSync } from 'node:fs'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

let failed = false
for (const name of readdirSync('packages')) {
  const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))
  if (manifest.private) continue
  const { messages } = await publint({ pkgDir: `packages/${name}`, strict: true })
  const problems = messages.filter(({ type }) => type !== 'suggestion')
  failed ||= problems.length > 0
  console.log(`${manifest.name}: ${problems.length === 0 ? 'fine' : ''}`)
  for (const problem of problems) console.log(`  ${formatMessage(problem, manifest)}`)
}
process.exit(failed ? 1 : 0)
