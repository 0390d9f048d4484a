/**
 * The yardstick: generators stepped in turn from a ring, an object and a call of a closure for each step.
 *
 * Plain JavaScript that does what a scheduler has to, and nothing of ours: what a machine makes of the one it makes of
 * the other, so that their ratio says little about the machine. It must never change: the baseline is in its units.
 */
interface Step {
  readonly count: number
  readonly wake: (count: number) => number
}

const tasks = 100

function* turns(wake: (count: number) => number): Generator<Step, void, number> {
  for (let count = 0; ;) count = yield { count, wake }
}

/** Does `n` steps and returns how many it counted. */
export function kernel(n: number): number {
  const ring = Array.from({ length: tasks }, () => turns((count) => count + 1))
  for (const steps of ring) steps.next(0)
  let total = 0
  for (let i = 0; i < n; i++) {
    const steps = ring[i % tasks]!
    const { value } = steps.next(i)
    if (value !== undefined) total += value.wake(value.count) - value.count
  }
  return total
}
