import type { Adapter } from './run-suite.ts'

async function returning(value: unknown): Promise<unknown> {
  return value
}

async function throwing(reason: unknown): Promise<never> {
  throw reason
}

async function waiting(promise: Promise<unknown>): Promise<unknown> {
  return await promise
}

/** @param made - makes a call where calls are to be tested */
export const callsMade = (made: (call: () => Promise<unknown>) => Promise<unknown>): Adapter => ({
  resolved: (value) => made(() => returning(value)),
  rejected: (reason) => made(() => throwing(reason)),
  deferred() {
    let resolve!: (value: unknown) => void
    let reject!: (reason: unknown) => void
    const promise = new Promise<unknown>((fulfill, refuse) => {
      resolve = fulfill
      reject = refuse
    })
    return { promise: made(() => waiting(promise)), resolve, reject }
  },
})
