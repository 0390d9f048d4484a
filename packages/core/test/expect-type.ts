type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/**
 * Compares types: `typeOf(value).is<Expected>()` compiles only when the type of `value` is exactly `Expected`.
 */
export function typeOf<A>(_value: A) {
  return {
    is<B>(..._proof: Same<A, B> extends true ? [] : ['the types differ', A, B]): void {
      return undefined
    },
  }
}
