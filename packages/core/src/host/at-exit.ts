interface HostProcess {
  on?: (event: 'exit', listener: () => void) => unknown
}

const listeners = new Set<() => void>()

/** Calls `listener` once when the process ends, however often it is asked to. In a browser nothing ends. */
export function atExit(listener: () => void): void {
  if (listeners.has(listener)) return
  listeners.add(listener)
  ;(globalThis as { process?: HostProcess }).process?.on?.('exit', listener)
}
