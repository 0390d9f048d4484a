/**
 * What compiled async functions run on. The compiler imports it; programs do not.
 */
// A call outside of tasks needs the ambient loop, which this module makes known.
import './loop/base-event-loop.ts'

export { apply, call } from './compiled/call.ts'
export { CompiledCall } from './compiled/compiled-call.ts'
export { asyncGenerator } from './compiled/async-generator.ts'
export { asyncIterator } from './compiled/async-iteration.ts'
export { delegateYield } from './compiled/delegate-yield.ts'
export { disposer } from './compiled/disposer.ts'
export { describe } from './compiled/describe.ts'
export type { FunctionSite } from './compiled/function-site.ts'
export { register } from './compiled/register.ts'
