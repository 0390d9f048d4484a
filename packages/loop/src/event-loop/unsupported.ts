import { NotImplementedError } from '@asyncio-ts/core'

const READINESS = 'JavaScript hosts do not tell when a file descriptor is ready; use transports or streams.'

/** Methods of CPython's loop that this one does not give, and why. */
const reasons = {
  addReader: READINESS,
  removeReader: READINESS,
  addWriter: READINESS,
  removeWriter: READINESS,
} as const

/** Those methods: each throws NotImplementedError with its reason. */
export type UnsupportedMethods = {
  /** @throws NotImplementedError, always, with the reason */
  [Name in keyof typeof reasons]: (...args: unknown[]) => never
}

export function defineUnsupported(prototype: object): void {
  for (const [name, reason] of Object.entries(reasons)) {
    const value = (): never => {
      throw new NotImplementedError(`loop.${name}() is not available. ${reason}`)
    }
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
  }
}
