import { coroutineName } from '../coroutine-name.ts'
import { Future } from '../futures/future.ts'
import { runtime } from '../runtime.ts'
import type { TaskFrame } from '../contract/task-frame.ts'

/** Options of {@link StackedFuture.getStack}. */
export interface StackOptions {
  /** The most frames to give; the outermost are left out. All when absent. */
  limit?: number | null | undefined
}

/** A future that knows the functions whose end it waits for: a task. */
export abstract class StackedFuture<T> extends Future<T> {
  /** What is stepped through, or will be. */
  protected abstract _runs(): unknown

  /**
   * Returns the functions that the task is in the middle of, the outermost first; none when it is done.
   *
   * A compiled async function gives its name and the line of the await it is parked at. Of a generator, and of an async
   * function that is not compiled, only the outermost name is known.
   *
   * @param options.limit - the most frames to give
   *
   * @remarks
   * **Differences from CPython** The frames of a suspended task are all there, not only the outermost.
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.get_stack
   */
  getStack(options?: StackOptions): TaskFrame[] {
    if (this.done()) return []
    const runs = this._runs()
    const named = (): TaskFrame[] => [
      { name: coroutineName(runs).replace(/\(\)$/, ''), file: null, line: null, column: null },
    ]
    const frames = runtime.calls?.framesOf(runs) ?? named()
    const limit = options?.limit
    return typeof limit === 'number' ? frames.slice(Math.max(0, frames.length - limit)) : frames
  }

  /**
   * Prints {@link getStack}, as Python prints a traceback.
   *
   * @param options.limit - the most frames to print
   * @param options.file - what is printed to; the standard error output when absent
   * @see https://docs.python.org/3/library/asyncio-task.html#asyncio.Task.print_stack
   */
  printStack(options?: StackOptions & { file?: { write(text: string): unknown } | undefined }): void {
    const lines = this.getStack(options).map(({ name, file, line }) =>
      file === null ? `  in ${name}` : `  File "${file}", line ${line}, in ${name}`,
    )
    const failed = this._state === 2 ? this._value : undefined
    if (failed instanceof Error && failed.stack !== undefined) lines.push(failed.stack)
    const kind = failed === undefined ? 'Stack' : 'Traceback'
    const head =
      lines.length === 0 ? `No stack for ${this.toString()}` : `${kind} for ${this.toString()} (most recent call last):`
    const text = [head, ...lines].join('\n')
    if (options?.file === undefined) console.error(text)
    else options.file.write(`${text}\n`)
  }
}
