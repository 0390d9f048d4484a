import { runBody } from '@asyncio-ts/core/primitives'
import type { Coroutine } from '@asyncio-ts/core'
import type { Body } from '@asyncio-ts/core/primitives'

/**
 * Runs the body of a scope, and hands the scope to a body that asks for it: were it handed to every body, the default
 * value of a parameter would never apply.
 */
export function runScopeBody<S, T>(body: Body<[S], T>, scope: S): Coroutine<T> {
  return body.length > 0 ? runBody(body, scope) : runBody(body as Body<[], T>)
}
