import { spawnSync } from 'node:child_process'

/** The first interpreter that can import the module, or undefined. */
export function findPython(interpreters: readonly string[], module: string): string | undefined {
  return interpreters.find((python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0)
}
