import { coroutine } from '@asyncio-ts/core'
import type { Coroutine } from '@asyncio-ts/core'
import type { BaseEventLoop } from '@asyncio-ts/core/primitives'
import { SendfileNotAvailableError } from '../errors.ts'
import { checkFilePart, sendBlocks } from './file-blocks.ts'
import type { SendableFile } from './file-blocks.ts'
import type { SendfileOptions } from './sendfile.ts'
import type { Socket } from './socket.ts'

/** @see SocketLoop.sockSendfile */
export const sockSendfile = /* @__PURE__ */ coroutine(function* sockSendfile(
  loop: BaseEventLoop,
  sock: Socket,
  file: SendableFile,
  options: SendfileOptions,
): Coroutine<number> {
  const { offset = 0, count, fallback = true } = options
  const socket = sock._stream()
  const part = checkFilePart(file, offset, count)
  if (!fallback) throw new SendfileNotAvailableError('JavaScript hosts have no sendfile: allow the fallback.')
  return yield* sendBlocks(loop, file, part, (block) => socket.sendall(loop, block))
})
