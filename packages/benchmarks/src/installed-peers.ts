import { readFileSync } from 'node:fs'

const tools = ['esbuild']

/** The npm packages that are measured as installed. */
export function installedPeers(): string[] {
  const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  return Object.keys(devDependencies).filter((name) => !tools.includes(name))
}
