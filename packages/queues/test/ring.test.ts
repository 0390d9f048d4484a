import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Ring } from '../src/ring.ts'

it('a Ring is a list that is read from its front, whatever its size', () => {
  const steps = fc.array(fc.tuple(fc.nat(1500), fc.nat(1700)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(steps, (script) => {
      const ring = new Ring<number>()
      let next = 0
      let first = 0
      for (const [puts, gets] of script) {
        for (let i = 0; i < puts; i++) ring.push(next++)
        expect(ring.size).toBe(next - first)
        for (let i = 0; i < gets && first < next; i++) {
          if (ring.shift() !== first++) throw new Error(`lost ${first - 1}`)
        }
        expect(ring.size).toBe(next - first)
      }
      expect([...ring]).toEqual(Array.from({ length: next - first }, (_, index) => first + index))
    }),
    { numRuns: 200 },
  )
})
