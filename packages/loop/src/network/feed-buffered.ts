import { RuntimeError } from '@asyncio-ts/core'
import type { BufferedProtocol } from '@asyncio-ts/core'

/**
 * Gives bytes to a protocol that has buffers of its own, as many times as its buffers take.
 *
 * @throws RuntimeError when the protocol has no room at all
 */
export function feedBuffered(protocol: BufferedProtocol, data: Uint8Array): void {
  let offset = 0
  while (offset < data.byteLength) {
    const restBytes = data.byteLength - offset
    const buffer = protocol.getBuffer(restBytes)
    if (buffer.byteLength === 0) throw new RuntimeError('get_buffer() returned an empty buffer: it has to have room.')
    const takenBytes = Math.min(restBytes, buffer.byteLength)
    buffer.set(data.subarray(offset, offset + takenBytes))
    protocol.bufferUpdated(takenBytes)
    offset += takenBytes
  }
}
