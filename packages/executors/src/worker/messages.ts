/**
 * What a pool and its workers say to each other.
 *
 * Both sides keep one order: a worker begins the calls in the order in which they were sent, and reports on every one
 * of them in that order, so that hardly a message carries a number.
 */

/** Where the worker finds a function: a text to evaluate, or an export to import. */
export type Definition = readonly [source: string] | readonly [url: string, exportName: string]

/** The values of context variables, by their names. */
export type ContextValues = ReadonlyMap<string, unknown>

export type ToWorker =
  | readonly ['define', id: number, definition: Definition]
  | readonly ['forget', id: number]
  /** To be called before the worker is ready. */
  | readonly ['initialize', id: number, args: readonly unknown[]]
  | readonly ['start']
  | readonly ['run', id: number, args: readonly unknown[], context?: ContextValues]
  /** Calls the function with each item, and reports the array of results. */
  | readonly ['map', id: number, items: readonly unknown[], context?: ContextValues]
  /** Aborts the signal of a call, if it is still running: calls are counted from 0. */
  | readonly ['abort', number: number]
  /** Sends out what was printed, and ends. */
  | readonly ['end']

export type FromWorker =
  | readonly ['ready']
  | readonly ['broken', error: DescribedError]
  | readonly ['result', value: unknown]
  | readonly ['error', error: DescribedError]
  /** The result cannot be copied. */
  | readonly ['uncopied', reason: string]
  /** The call had been taken back before it began. */
  | readonly ['skipped']

/**
 * An error in a form that survives the copy: a structured clone would lose its class, its name and its fields.
 *
 * An error that is met twice, or is a cause of itself, has one description: the copy keeps that.
 */
export interface DescribedError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  /** The names of its classes, from its own up to the last before Object. */
  readonly classes: readonly string[]
  readonly fields: readonly DescribedField[]
  /** Set if the thrown value is not an error. Then it is among the fields, if it can be copied. */
  readonly isValue: boolean
}

export type DescribedField = readonly [key: string, value: DescribedValue]

/** The value of a field: `lost` where it cannot be copied. */
export type DescribedValue =
  | readonly ['value', unknown]
  | readonly ['error', DescribedError]
  | readonly ['list', readonly DescribedValue[]]
  | readonly ['lost', reason: string]

/** What a thread is made with. */
export interface ThreadData {
  /** The states of its calls: see {@link CALL_STATES}. */
  readonly states: Int32Array
  /** A channel of its own, so that nothing the functions send can be taken for a report. */
  readonly port: object
}

/** How far a call has come. Shared with a thread, so that either side knows at once; see {@link CALL_STATES}. */
export const WAITING = 1
export const RUNNING = 2
export const WITHDRAWN = 3
export const ABORTED = 4
export const ENDED = 5

/**
 * How many calls may be on their way to one thread: sent, and not reported on.
 *
 * They cost no fairness, because the pool takes back what waits behind a long call once another thread is idle.
 */
export const CALL_STATES = 64
