import { Tinypool } from 'tinypool'
import { callAll } from '../../call-all.ts'

let pool: Tinypool | undefined

export default (n: number, threads: number): Promise<number> => {
  const filename = new URL('../../pool-functions.js', import.meta.url).href
  const running = (pool ??= new Tinypool({ filename, name: 'busyCall', minThreads: threads, maxThreads: threads }))
  return callAll(n, () => running.run(undefined))
}
