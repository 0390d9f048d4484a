import { INSPECT } from '../repr.ts'

/** What the host's inspector shows of an object: what `toString` says. */
export interface Inspectable {
  toString(): string
}

/**
 * The base of classes that appear in `console.log` as they do in messages. For authors of primitives.
 *
 * A class with such a method of its own would be kept in every bundle: its key has to be computed.
 */
export const Inspectable: new () => Inspectable = /* @__PURE__ */ (() =>
  class Inspectable {
    [INSPECT](): string {
      return this.toString()
    }
  })()
