/** The environment of this process. */
export function hostEnvironment(): Record<string, string | undefined> {
  return (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {}
}
