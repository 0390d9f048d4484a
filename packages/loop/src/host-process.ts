/** What is used of Node's `process`, where there is one. */
export interface HostProcess {
  on(event: string, listener: (...args: never[]) => void): unknown
  off(event: string, listener: (...args: never[]) => void): unknown
  listenerCount(event: string): number
  exit(code: number): never
  getBuiltinModule?(id: string): unknown
  hasUncaughtExceptionCaptureCallback?(): boolean
}

/** The process, or `null` in a browser. */
export function hostProcess(): HostProcess | null {
  const { process } = globalThis as unknown as { process?: Partial<HostProcess> }
  return typeof process?.on === 'function' ? (process as HostProcess) : null
}
