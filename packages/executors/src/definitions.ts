import { MAX_FUNCTIONS } from './constants.ts'
import type { Target } from './target.ts'
import type { ToWorker } from './worker/messages.ts'

/** Which functions one worker has been sent: each goes to it once. */
export class Definitions {
  readonly #sent = new Set<number>()

  /** Returns what to send before a call of `target`. */
  toSend(target: Target): ToWorker[] {
    if (this.#sent.has(target.id)) return []
    this.#sent.add(target.id)
    const messages: ToWorker[] = [['define', target.id, target.definition]]
    if (this.#sent.size > MAX_FUNCTIONS) {
      for (const oldest of this.#sent) {
        this.#sent.delete(oldest)
        messages.push(['forget', oldest])
        break
      }
    }
    return messages
  }
}
