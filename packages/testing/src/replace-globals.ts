import type { VirtualLoop } from './virtual-loop.ts'

/** Which globals follow virtual time. */
export interface ReplaceOptions {
  /** Makes `Date` tell virtual time. True counts from 1970; a date, or milliseconds, from there. */
  date?: boolean | Date | number | undefined
  /** Makes `setTimeout`, `setInterval` and what clears them wait in virtual time. */
  timers?: boolean | undefined
}

type Globals = Record<string, unknown>

const globals = globalThis as unknown as Globals

/** Replaces globals by ones that follow a loop's clock, and returns what puts them back. */
export function replaceGlobals(loop: VirtualLoop, options: ReplaceOptions): () => void {
  const replacements: Globals = {}
  const { date = false, timers = false } = options
  if (date !== false) replacements['Date'] = dateOf(loop, date === true ? 0 : Number(date))
  if (timers) Object.assign(replacements, timersOf(loop))
  const originals = Object.keys(replacements).map((name) => [name, globals[name]] as const)
  Object.assign(globals, replacements)
  return () => {
    for (const [name, original] of originals) globals[name] = original
  }
}

function dateOf(loop: VirtualLoop, epochMs: number): DateConstructor {
  const start = loop.time()
  const nowMs = (): number => epochMs + Math.round((loop.time() - start) * 1000)
  // A proxy, as `Date` is called as a function as well, and `instanceof` has to hold for dates made before.
  return new Proxy(Date, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [nowMs()] : args, newTarget) as Date,
    apply: (target) => new target(nowMs()).toString(),
    get: (target, name, receiver) => (name === 'now' ? nowMs : (Reflect.get(target, name, receiver) as unknown)),
  })
}

/** What `setTimeout` returns on Node, as far as programs use it. */
class VirtualTimeout {
  readonly #arm: () => { cancel(): void }
  #handle: { cancel(): void } | null

  constructor(arm: (timeout: VirtualTimeout) => { cancel(): void }) {
    this.#arm = () => arm(this)
    this.#handle = this.#arm()
  }

  /** Waits for the next time of an interval. */
  again(): void {
    if (this.#handle !== null) this.#handle = this.#arm()
  }

  refresh(): this {
    this.close()
    this.#handle = this.#arm()
    return this
  }

  close(): this {
    this.#handle?.cancel()
    this.#handle = null
    return this
  }

  hasRef(): boolean {
    return true
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

function timersOf(loop: VirtualLoop): Globals {
  const seconds = (delayMs: unknown): number => Math.max(1, Number(delayMs) || 0) / 1000
  const clear = (timeout: unknown): void => {
    if (timeout instanceof VirtualTimeout) timeout.close()
  }
  return {
    setTimeout: (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]) =>
      new VirtualTimeout(() => loop.callLater(seconds(delayMs), () => callback(...args))),
    setInterval: (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]) =>
      new VirtualTimeout((timeout) =>
        loop.callLater(seconds(delayMs), () => {
          timeout.again()
          callback(...args)
        }),
      ),
    clearTimeout: clear,
    clearInterval: clear,
  }
}
