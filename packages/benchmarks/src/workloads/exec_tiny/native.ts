import { callAll } from '../../call-all.ts'
import { NativePool } from '../../native-pool.ts'

let pool: NativePool | undefined

export default (n: number, threads: number): Promise<number> => {
  const running = (pool ??= new NativePool(new URL('../../native-worker.js', import.meta.url), threads))
  return callAll(n, () => running.run('one'))
}
