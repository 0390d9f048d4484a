import { fileURLToPath } from 'node:url'
import workerpool from 'workerpool'
import { callInTurn } from '../../call-all.ts'

let pool: workerpool.Pool | undefined

export default (n: number, threads: number): Promise<number> => {
  const script = fileURLToPath(new URL('../../workerpool-worker.js', import.meta.url))
  const running = (pool ??= workerpool.pool(script, { workerType: 'thread', minWorkers: threads, maxWorkers: threads }))
  return callInTurn(n, async () => (await running.exec('one', [])) as number)
}
