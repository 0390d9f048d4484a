import { GaiError, ValueError } from '@asyncio-ts/core'
import { builtin } from '../builtin.ts'

/** The longest name, and the longest part of one between dots, that the system for names has. */
const NAME_CHARACTERS = 253
const LABEL_CHARACTERS = 63

/**
 * Checks the name of a host, or its address, before the host of this program gets it: that one cuts names at a null
 * character, and takes what it cuts for the name.
 *
 * @throws ValueError when it holds a null character, is too long, or a part of it is empty or too long
 */
export function checkHost(host: string): void {
  if (host.includes('\0')) throw new ValueError('embedded null character in the name of a host')
  // Every address is shorter than that.
  if (host.length <= LABEL_CHARACTERS && !host.includes('..') && !host.startsWith('.')) return
  if (builtin('node:net').isIP(host) !== 0) return
  const labels = (host.endsWith('.') ? host.slice(0, -1) : host).split('.')
  const areGood = labels.every((label) => label.length > 0 && label.length <= LABEL_CHARACTERS)
  if (areGood && host.length <= NAME_CHARACTERS + 1) return
  throw new ValueError(`A part of the name of the host is empty, or it is too long: ${host.slice(0, 80)}`)
}

/**
 * Tells an address from a name.
 *
 * @returns 4 or 6 for an address, 0 for a name, which has to be looked up
 * @throws ValueError when it can be neither
 * @throws GaiError when its scope, which follows a `%`, is not an interface of this machine
 */
export function familyOfHost(host: string): 0 | 4 | 6 {
  checkHost(host)
  const family = builtin('node:net').isIP(host) as 0 | 4 | 6
  if (family === 6) checkScope(host)
  return family
}

/** The host ignores a scope that it does not know, and reaches whoever has the address elsewhere. */
function checkScope(host: string): void {
  const at = host.indexOf('%')
  if (at === -1) return
  const scope = host.slice(at + 1)
  if (/^\d+$/.test(scope) || Object.hasOwn(builtin('node:os').networkInterfaces(), scope)) return
  throw new GaiError(`Name or service not known: this machine has no network interface ${scope}.`, {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
  })
}
