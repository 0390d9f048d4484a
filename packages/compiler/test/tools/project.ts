import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ownFolder = fileURLToPath(new URL('../..', import.meta.url))
const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
const entries = ['index', 'vite', 'register', 'async-hooks'].map((name) => join(ownFolder, 'src', `${name}.ts`))

/** A project of its own in a temporary folder, with the compiler and a runtime installed. */
export class Project {
  readonly root = mkdtempSync(join(tmpdir(), 'asyncio-ts-compiler-'))

  path(name: string): string {
    return join(this.root, name)
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true })
      writeFileSync(this.path(name), text)
    }
  }

  /** Makes a package of the repository's `node_modules` known. */
  link(...names: string[]): void {
    for (const name of names) {
      mkdirSync(dirname(this.path(`node_modules/${name}`)), { recursive: true })
      symlinkSync(join(modules, name), this.path(`node_modules/${name}`))
    }
  }

  /** Installs a runtime of plain promises under the name that compiled code imports. */
  async installRuntime(): Promise<void> {
    const exports = {
      './compiled': { import: { default: './compiled.mjs' }, require: { default: './compiled.cjs' } },
      './package.json': './package.json',
    }
    this.write({ 'node_modules/asyncio-ts/package.json': JSON.stringify({ name: 'asyncio-ts', exports }) })
    const outdir = this.path('node_modules/asyncio-ts')
    const common = {
      entryPoints: [join(ownFolder, 'test/runtime/compiled.ts')],
      bundle: true,
      outdir,
      logLevel: 'error' as const,
    }
    await build({ ...common, format: 'esm', outExtension: { '.js': '.mjs' } })
    await build({ ...common, format: 'cjs', outExtension: { '.js': '.cjs' } })
  }

  /** Installs the compiler as it would be built. */
  async installCompiler(): Promise<void> {
    const outdir = this.path('node_modules/@asyncio-ts/compiler')
    const exports = { './*': { import: './*.js', require: './*.cjs' } }
    this.write({ 'node_modules/@asyncio-ts/compiler/package.json': JSON.stringify({ type: 'module', exports }) })
    this.link(
      '@babel/parser',
      '@jridgewell/remapping',
      '@jridgewell/sourcemap-codec',
      '@jridgewell/trace-mapping',
      'unplugin',
    )
    const common = {
      entryPoints: entries,
      bundle: true,
      outdir,
      platform: 'node' as const,
      packages: 'external' as const,
      logLevel: 'error' as const,
    }
    await build({ ...common, format: 'esm', splitting: true })
    await build({
      ...common,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      logOverride: { 'empty-import-meta': 'silent' },
    })
  }

  /** Runs Node.js in the project, and returns what it printed. */
  async node(...args: string[]): Promise<string> {
    const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env
    const { stdout, stderr } = await run(process.execPath, args, { cwd: this.root, env, timeout: 25_000 }).catch(
      (error: { stdout: string; stderr: string }) => error,
    )
    return (stdout + stderr).trim()
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
