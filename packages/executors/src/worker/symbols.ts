/** Under these names a worker's program and this package, when it is imported in the worker, find each other. */
export const SIGNAL = Symbol.for('asyncio-ts.executor.signal')
export const TRANSFER = Symbol.for('asyncio-ts.transfer')
/** The values of context variables that a call was sent with; core reads them. */
export const INHERITED = Symbol.for('asyncio-ts.inherited')
/** Marks errors that core takes for a CancelledError. */
export const CANCELLED = Symbol.for('asyncio-ts.CancelledError')
