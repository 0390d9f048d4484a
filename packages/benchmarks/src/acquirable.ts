/** What the locks of promise libraries have in common. */
export interface Acquirable {
  acquire(): PromiseLike<unknown> | undefined
  release(): void
}
