import { Worker } from 'node:worker_threads'

/** Two threads that calls are posted to in turn: as little as a pool can be. */
export class NativePool {
  readonly #workers: Worker[] = []
  readonly #answers = new Map<number, (result: number) => void>()
  #calls = 0

  constructor(file: URL, threads: number) {
    for (let i = 0; i < threads; i++) {
      const worker = new Worker(file)
      worker.on('message', ([id, result]: [number, number]) => {
        this.#answers.get(id)!(result)
        this.#answers.delete(id)
      })
      this.#workers.push(worker)
    }
  }

  run(name: string): Promise<number> {
    const id = this.#calls++
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      this.#workers[id % this.#workers.length]!.postMessage([id, name])
    })
  }
}
