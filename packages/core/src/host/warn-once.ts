interface HostProcess {
  emitWarning?: (message: string, options: { type: string; code: string }) => void
}

const MAX_REMEMBERED = 1000
const given = new Set<string>()

/**
 * Emits a process warning, or prints it where the host has no such thing.
 *
 * @param topic - a warning about the same topic is given once
 */
export function warnOnce(topic: string, message: string, code: string): void {
  if (given.has(topic) || given.size >= MAX_REMEMBERED) return
  given.add(topic)
  const { process } = globalThis as { process?: HostProcess }
  if (typeof process?.emitWarning === 'function') process.emitWarning(message, { type: 'AsyncioWarning', code })
  else console.warn(`AsyncioWarning [${code}]: ${message}`)
}
