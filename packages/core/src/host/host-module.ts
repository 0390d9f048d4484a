import { NotImplementedError } from '../errors/errors.ts'

/**
 * Loads a module of the host, at once: an `import()` would cost a turn, and a static import would load it for programs
 * that never use it.
 *
 * @returns what the host has under this name; the caller knows its type
 * @throws NotImplementedError when the host has no such module: in a browser
 */
export function hostModule(name: `node:${string}`): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  const loaded = process?.getBuiltinModule?.(name)
  if (loaded === undefined) throw new NotImplementedError(`This host has no ${name}. Use Node.js, Bun or Deno.`)
  return loaded
}
