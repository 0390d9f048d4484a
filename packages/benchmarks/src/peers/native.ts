/** Hand-written promise code: what one writes without a library. A trip to the host is a `setImmediate`. */
import type { Peer } from '../workload.ts'

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

const spin = async (turns: number): Promise<void> => {
  for (let i = 0; i < turns; i++) await turn()
}

/** A bounded queue of promises. */
class PromiseQueue<T> {
  readonly #items: T[] = []
  readonly #getters: ((item: T) => void)[] = []
  readonly #putters: { item: T; resolve: () => void }[] = []
  readonly #maxsize: number

  constructor(maxsize: number) {
    this.#maxsize = maxsize
  }

  put(item: T): Promise<void> | undefined {
    const getter = this.#getters.shift()
    if (getter !== undefined) return void getter(item)
    if (this.#items.length < this.#maxsize) return void this.#items.push(item)
    return new Promise((resolve) => this.#putters.push({ item, resolve }))
  }

  get(): Promise<T> | T {
    if (this.#items.length === 0) return new Promise((resolve) => this.#getters.push(resolve))
    const item = this.#items.shift()!
    const putter = this.#putters.shift()
    if (putter !== undefined) {
      this.#items.push(putter.item)
      putter.resolve()
    }
    return item
  }
}

export const peer: Peer = {
  task_spawn: async (n) => {
    await Promise.all(range(n).map((i) => turn().then(() => i)))
  },
  switch: async (n) => {
    await Promise.all(range(1000).map(() => spin(n / 1000)))
  },
  switch_2: async (n) => {
    await Promise.all([spin(n / 2), spin(n / 2)])
  },
  queue_pingpong: async (n) => {
    const there = new PromiseQueue<number>(1)
    const back = new PromiseQueue<number>(1)
    const echo = (async () => {
      for (let i = 0; i < n; i++) await back.put(await there.get())
    })()
    for (let i = 0; i < n; i++) {
      await there.put(i)
      await back.get()
    }
    await echo
  },
  queue_pipe: async (n) => {
    const queue = new PromiseQueue<number>(100)
    const produce = (async () => {
      for (let i = 0; i < n; i++) await queue.put(i)
    })()
    for (let i = 0; i < n; i++) await queue.get()
    await produce
  },
  timers_fire: async (n) => {
    await Promise.all(range(n).map((i) => new Promise((resolve) => void setTimeout(resolve, ((i * 7919) % 1000) / 10))))
  },
  timers_cancel: async (n) => {
    const timers = range(n).map((i) => setTimeout(() => undefined, (10 + (i % 100)) * 1000))
    for (const timer of timers) clearTimeout(timer)
    await turn()
  },
  timeout: async (n) => {
    for (let i = 0; i < n; i++) {
      let timer
      const limit = new Promise((_, reject) => (timer = setTimeout(reject, 10_000)))
      await Promise.race([Promise.resolve(), limit])
      clearTimeout(timer)
    }
  },
}
