import { script } from '../../../src/random-scripts/barriers.ts'

export function* main() {
  for (let seed = 0; seed < 60; seed++) yield* script(seed)
}
