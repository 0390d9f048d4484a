import { Piscina } from 'piscina'
import { callAll } from '../../call-all.ts'

let pool: Piscina<void, number> | undefined

export default (n: number, threads: number): Promise<number> => {
  const filename = new URL('../../pool-functions.js', import.meta.url).href
  const running = (pool ??= new Piscina({ filename, name: 'busyCall', minThreads: threads, maxThreads: threads }))
  return callAll(n, () => running.run())
}
