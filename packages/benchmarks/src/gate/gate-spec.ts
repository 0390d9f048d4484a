/** What the gate tells its child to measure. */
export interface GateSpec {
  /** The compiled program of the workload. */
  readonly file: string
  readonly spelling: 'generators' | 'functions'
  /** Operations in a call, which should take some milliseconds. */
  readonly n: number
  readonly width: number
  /** Makes every wake-up call an async function: the gate has to notice. */
  readonly isPlanted: boolean
}

/** How many steps of the kernel one operation of the workload takes. */
export interface GateSample {
  readonly cost: number
}
