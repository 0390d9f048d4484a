import { execFileSync } from 'node:child_process'
import { constants, fstatSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A named pipe and its folder, until it is disposed of. */
export class Fifo implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'asyncio-ts-'))
  readonly path = join(this.#folder, 'pipe')

  constructor() {
    execFileSync('mkfifo', [this.path])
  }

  /** Opens both ends. Whoever gets a descriptor closes it. */
  open(): { read: number; write: number } {
    const read = openSync(this.path, constants.O_RDONLY | constants.O_NONBLOCK)
    return { read, write: openSync(this.path, constants.O_WRONLY | constants.O_NONBLOCK) }
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true })
  }
}

export function isOpen(fd: number): boolean {
  try {
    fstatSync(fd)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'EBADF') return false
    throw error
  }
}
