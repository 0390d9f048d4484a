import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteBuffer } from '../src/byte-buffer.ts'

const byte = fc.constantFrom(1, 2, 3, 10)
const chunk = fc.uint8Array({ maxLength: 6 }).map((bytes) => bytes.map((value) => (value % 4) + 8))

const command = fc.oneof(
  fc.record({ do: fc.constant('push' as const), bytes: chunk }),
  fc.record({ do: fc.constant('take' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ do: fc.constant('drop' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    do: fc.constant('putBack' as const),
    pieces: fc.array(
      chunk.filter(({ length }) => length > 0),
      { maxLength: 3 },
    ),
  }),
  fc.record({ do: fc.constant('indexOf' as const), byte, from: fc.nat(20) }),
  fc.record({
    do: fc.constant('find' as const),
    separators: fc.array(
      chunk.filter(({ length }) => length > 0),
      { minLength: 1, maxLength: 3 },
    ),
    from: fc.nat(20),
  }),
)

/** Where the separator that ends first begins and ends; the slow and obvious way. */
function findIn(bytes: readonly number[], separators: readonly Uint8Array[], from: number) {
  const ends = separators
    .map((separator) => {
      for (let start = from; start + separator.length <= bytes.length; start++) {
        if (separator.every((value, i) => bytes[start + i] === value)) return { start, end: start + separator.length }
      }
      return null
    })
    .filter((match) => match !== null)
  return ends.length === 0 ? null : ends.reduce((best, match) => (match.end < best.end ? match : best))
}

describe('ByteBuffer', () => {
  it('holds what an array of bytes would hold, however it was cut', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (script) => {
        const buffer = new ByteBuffer()
        let model: number[] = []
        for (const step of script) {
          if (step.do === 'push') {
            buffer.push(step.bytes)
            model.push(...step.bytes)
          } else if (step.do === 'take' || step.do === 'drop') {
            const count = Math.floor(step.share * model.length)
            if (step.do === 'drop') buffer.drop(count)
            else expect([...buffer.take(count)]).toEqual(model.slice(0, count))
            model = model.slice(count)
          } else if (step.do === 'putBack') {
            buffer.putBack(step.pieces)
            model = [...step.pieces.flatMap((piece) => [...piece]), ...model]
          } else if (step.do === 'indexOf') {
            expect(buffer.indexOf(step.byte, step.from)).toBe(model.indexOf(step.byte, step.from))
          } else expect(buffer.find(step.separators, step.from)).toEqual(findIn(model, step.separators, step.from))
          expect(buffer.length).toBe(model.length)
        }
        expect([...buffer.takeAll()]).toEqual(model)
      }),
      { numRuns: 2000 },
    )
  })

  it('hands out a view where a piece lies in one chunk', () => {
    const buffer = new ByteBuffer()
    const bytes = Uint8Array.of(1, 2, 3, 4)
    buffer.push(bytes)
    const piece = buffer.take(2)
    expect([piece.buffer === bytes.buffer, [...piece]]).toEqual([true, [1, 2]])
    buffer.push(Uint8Array.of(5))
    expect([...buffer.take(3)]).toEqual([3, 4, 5])
  })

  it('takes time in proportion to the bytes, however many chunks there are', () => {
    const buffer = new ByteBuffer()
    for (let i = 0; i < 200_000; i++) buffer.push(Uint8Array.of(i % 200))
    let sum = 0
    while (buffer.length > 0) sum += buffer.take(1)[0]!
    expect(sum).toBe(1000 * ((199 * 200) / 2))
  })

  it('is searched in proportion to the bytes, each time that one more has come and all at once', () => {
    const buffer = new ByteBuffer()
    const separators = [Uint8Array.of(13, 10)]
    for (let i = 0; i < 60_000; i++) {
      buffer.push(Uint8Array.of(13))
      if (buffer.find(separators, Math.max(0, i - 1)) !== null || buffer.indexOf(10, i) !== -1) throw new Error('found')
    }
    expect(buffer.find(separators, 0)).toBeNull()
    buffer.push(Uint8Array.of(10))
    expect(buffer.find(separators, 0)).toEqual({ start: 59_999, end: 60_001 })
  })
})
