/** What the threads of the pools are asked to do; they load this file. */

export const one = (): number => 1

export const fibonacci = (n: number): number => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2))

/** A call that keeps a processor busy for a few milliseconds; it counts as one when it is right. */
export const busyCall = (): number => (fibonacci(27) === 196_418 ? 1 : 0)
