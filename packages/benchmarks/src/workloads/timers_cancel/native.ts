import { isCalledOff, timerMs } from '../../scattered.ts'
import { times } from '../../times.ts'

export default async (n: number): Promise<number> => {
  let count = 0
  const timers = times(n, (i) => setTimeout(() => void count++, timerMs(i)))
  timers.forEach((timer, i) => {
    if (!isCalledOff(i)) return
    clearTimeout(timer)
    count++
  })
  while (count < n) await new Promise((resolve) => void setTimeout(resolve, 10))
  return count
}
