/** What a function in a worker is held by, and how often it has been entered: memory that all threads see. */
export class Gate {
  /** How many functions have entered; whether they may go on; how many have been told of a cancel. */
  readonly memory = new Int32Array(new SharedArrayBuffer(12))

  /** Waits until `count` functions have entered. */
  async entered(count = 1): Promise<void> {
    await reaches(this.memory, 0, count)
  }

  /** Waits until `count` functions have noted something else. */
  async noted(count = 1): Promise<void> {
    await reaches(this.memory, 2, count)
  }

  get entries(): number {
    return Atomics.load(this.memory, 0)
  }

  open(): void {
    Atomics.store(this.memory, 1, 1)
    Atomics.notify(this.memory, 1)
  }
}

/** Enters, waits until the gate is open, and returns its name. Blocks its thread meanwhile. */
export const hold = (memory: Int32Array, name: string): string => {
  Atomics.add(memory, 0, 1)
  Atomics.notify(memory, 0)
  Atomics.wait(memory, 1, 0)
  return name
}

/** Enters, and returns its name. */
export const enter = (memory: Int32Array, name: string): string => {
  Atomics.add(memory, 0, 1)
  Atomics.notify(memory, 0)
  return name
}

interface AsyncAtomics {
  waitAsync(memory: Int32Array, index: number, value: number): { value: Promise<string> | string }
}

async function reaches(memory: Int32Array, index: number, count: number): Promise<void> {
  for (let value = Atomics.load(memory, index); value < count; value = Atomics.load(memory, index)) {
    await (Atomics as unknown as AsyncAtomics).waitAsync(memory, index, value).value
  }
}
