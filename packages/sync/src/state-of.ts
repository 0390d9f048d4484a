import type { WaiterQueue } from '@asyncio-ts/core/primitives'

/** How a primitive appears in messages: as in CPython, without the address. */
export function stateOf(name: string, locked: boolean, more: string[], waiters: WaiterQueue): string {
  const parts = [locked ? 'locked' : 'unlocked', ...more]
  if (waiters.live > 0) parts.push(`waiters:${waiters.live}`)
  return `<${name} [${parts.join(', ')}]>`
}
