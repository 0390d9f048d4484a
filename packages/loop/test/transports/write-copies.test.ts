import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FREE_SLABS, WRITE_SLAB_BYTES } from '../../src/transports/constants.ts'
import { WriteCopies } from '../../src/transports/write-copies.ts'

const SOCKETS = 3

/** What a host does to a socket, in the order of its kind. */
type Act =
  | { readonly kind: 'write'; readonly socket: number; readonly size: number; readonly isSent: boolean }
  | { readonly kind: 'flush'; readonly socket: number }

const socket = fc.nat(SOCKETS - 1)
const size = fc.oneof(
  fc.constantFrom(1, 100, 150, 1000),
  fc.constantFrom(1024, WRITE_SLAB_BYTES / 2, WRITE_SLAB_BYTES - 1, WRITE_SLAB_BYTES, WRITE_SLAB_BYTES + 1),
)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write'), socket, size, isSent: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flush'), socket }) },
)

function isFilledWith(copy: Uint8Array, value: number): boolean {
  return copy.every((byte) => byte === value)
}

describe('the copies of what is written', () => {
  it('hold what was written until the host has sent it, whatever is written to other sockets meanwhile', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const copies = Array.from({ length: SOCKETS }, () => new WriteCopies())
        const kept = copies.map((): [copy: Uint8Array, value: number][] => [])
        acts.forEach((each, index) => {
          const own = copies[each.socket]!
          const pending = kept[each.socket]!
          if (each.kind === 'flush') {
            for (const [copy, value] of pending.splice(0)) expect(isFilledWith(copy, value)).toBe(true)
            own.allSent()
            expect(own.areKept).toBe(false)
            return
          }
          const value = (index % 255) + 1
          const data = new Uint8Array(each.size).fill(value)
          const copy = own.of(data)
          data.fill(0)
          expect(isFilledWith(copy, value)).toBe(true)
          // What is kept before it is sent later comes after what is kept already.
          if (each.isSent && pending.length === 0) own.sent(copy)
          else {
            own.kept(copy)
            pending.push([copy, value])
          }
        })
        for (const [index, pending] of kept.entries()) {
          for (const [copy, value] of pending) expect(isFilledWith(copy, value)).toBe(true)
          copies[index]!.allSent()
        }
      }),
      { numRuns: 300 },
    )
  })

  it('are made in the same memory again and again, whether the host sends them at once or later', () => {
    const copies = new WriteCopies()
    const memory = new Set<ArrayBufferLike>()
    const chunk = new Uint8Array(WRITE_SLAB_BYTES / 2)
    for (let i = 0; i < 1000; i++) {
      const first = copies.of(chunk)
      copies.sent(first)
      for (let burst = 0; burst < 5; burst++) {
        const copy = copies.of(chunk)
        copies.kept(copy)
        memory.add(copy.buffer)
      }
      copies.allSent()
    }
    expect(memory.size).toBeLessThanOrEqual(FREE_SLABS + 1)
  })

  it('of an unusual size are made in memory of their own, which is let go of', () => {
    const copies = new WriteCopies()
    const data = new Uint8Array(WRITE_SLAB_BYTES + 1).fill(7)
    const copy = copies.of(data)
    copies.kept(copy)
    expect(copies.areKept).toBe(false)
    const next = copies.of(data)
    expect(next.buffer).not.toBe(copy.buffer)
    copies.sent(next)
  })
})
