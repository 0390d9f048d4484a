/** A race against a timer: the body is told nothing when it loses. */
import { nextTurn } from '../../next-turn.ts'

const body = async (turns: number): Promise<number> => {
  for (let i = 0; i < turns; i++) await nextTurn()
  return 1
}

async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), limitMs)
  })
  try {
    return await Promise.race([promise, limit])
  } finally {
    clearTimeout(timer)
  }
}

export default async (n: number, turns: number): Promise<number> => {
  let count = 0
  for (let i = 0; i < n; i++) count += await within(10_000, body(turns))
  return count
}
