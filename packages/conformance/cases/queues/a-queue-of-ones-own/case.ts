import { asyncio, co, trace } from '../../../src/case.ts'

export function* main() {
  class UniqueQueue extends asyncio.Queue<number> {
    readonly #set = new Set<number>()

    protected override putItem(item: number): void {
      this.#set.add(item)
    }

    protected override getItem(): number {
      const [item] = this.#set
      this.#set.delete(item!)
      return item!
    }

    protected override items(): Iterable<number> {
      return this.#set
    }

    override qsize(): number {
      return this.#set.size
    }
  }
  const q = new UniqueQueue(2)
  for (const n of [1, 1, 2]) yield* q.put(n)
  trace(q.qsize(), q.full())
  const putter = co(function* () {
    yield* q.put(3)
    trace('put 3')
  })
  const task = asyncio.createTask(putter())
  yield* asyncio.sleep(0)
  trace(yield* q.get())
  yield* task
  trace(yield* q.get(), yield* q.get(), q.empty())
}
