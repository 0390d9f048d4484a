/** What of a runtime's options asks for modules before the program: `--import x`, `--import=x`. */
function preloadsIn(execArgv: readonly string[]): string[] {
  return execArgv.flatMap((option, index) => {
    if (option === '--import') return execArgv[index + 1] ?? []
    return option.startsWith('--import=') ? [option.slice('--import='.length)] : []
  })
}

/** Where tsx is asked to work in a thread: it does not do so by itself. */
function apiOf(module: string): string | null {
  if (/^tsx(\/esm)?$/.test(module)) return 'tsx/esm/api'
  return /\/tsx\/dist\/loader\.mjs$/.test(module) ? new URL('esm/api/index.mjs', module).href : null
}

/** Imports the modules of `--import`. A thread whose program is a text does not do so by itself. */
export async function preload(execArgv: readonly string[]): Promise<void> {
  for (const module of preloadsIn(execArgv)) {
    await import(module)
    const api = apiOf(module)
    if (api !== null) ((await import(api)) as { register(): void }).register()
  }
}
