import type { EventLoop } from './event-loop.ts'

/** What a loop tells its exception handler. Only the keys that apply are present. */
export interface ExceptionContext {
  message: string
  exception?: unknown
  future?: unknown
  task?: unknown
  handle?: unknown
  protocol?: unknown
  transport?: unknown
  asyncgen?: unknown
  taskGroup?: unknown
  /** Where the future, task or coroutine was made: known in debug mode only. */
  sourceTraceback?: string
}

/** Receives errors that no code awaits. */
export type ExceptionHandler = (loop: EventLoop, context: ExceptionContext) => void
