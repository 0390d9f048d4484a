import { Piscina } from 'piscina'
import { callInTurn } from '../../call-all.ts'

let pool: Piscina<void, number> | undefined

export default (n: number, threads: number): Promise<number> => {
  const filename = new URL('../../pool-functions.js', import.meta.url).href
  const running = (pool ??= new Piscina({ filename, name: 'one', minThreads: threads, maxThreads: threads }))
  return callInTurn(n, () => running.run())
}
