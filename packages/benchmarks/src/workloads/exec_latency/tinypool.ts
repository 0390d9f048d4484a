import { Tinypool } from 'tinypool'
import { callInTurn } from '../../call-all.ts'

let pool: Tinypool | undefined

export default (n: number, threads: number): Promise<number> => {
  const filename = new URL('../../pool-functions.js', import.meta.url).href
  const running = (pool ??= new Tinypool({ filename, name: 'one', minThreads: threads, maxThreads: threads }))
  return callInTurn(n, () => running.run(undefined))
}
