import { BrokenPipeError, ConnectionResetError } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import type { StreamWriter } from '@asyncio-ts/streams'

/** Sends a child all of its input, and closes the pipe. A child that does not read, or has ended, is not an error. */
export function* feedInput(stdin: StreamWriter, input: Uint8Array | string | undefined): Coroutine<void> {
  try {
    if (input !== undefined) {
      stdin.write(input)
      yield* stdin.drain()
    }
  } catch (error) {
    if (!(error instanceof BrokenPipeError || error instanceof ConnectionResetError)) throw error
  }
  stdin.close()
}
