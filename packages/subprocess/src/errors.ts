import { RuntimeError, TimeoutError } from '@asyncio-ts/core'

/** What a program has printed: bytes, or text where that was asked for. */
export type Output = Uint8Array | string

/** What a program has left. */
interface Left {
  readonly stdout: Output | null
  readonly stderr: Output | null
}

function reasonOf(returncode: number): string {
  return returncode < 0 ? `died with signal ${-returncode}` : `returned non-zero exit status ${returncode}`
}

/** The end of what was printed to stderr, which mostly says what was wrong. */
function printedBy(stderr: Output | null): string {
  const said = stderr instanceof Uint8Array ? new TextDecoder().decode(stderr) : (stderr ?? '')
  const end = said.trim().slice(-500)
  return end === '' ? '' : ` It printed: ${end}`
}

/**
 * A program did not return 0.
 *
 * @see https://docs.python.org/3/library/subprocess.html#subprocess.CalledProcessError
 */
export class CalledProcessError extends Error {
  /** The program and its arguments. */
  readonly cmd: readonly string[]
  readonly returncode: number
  readonly stdout: Output | null
  readonly stderr: Output | null

  constructor(cmd: readonly string[], { returncode, stdout, stderr }: Left & { readonly returncode: number }) {
    super(`Command '${cmd.join(' ')}' ${reasonOf(returncode)}.${printedBy(stderr)}`)
    this.cmd = cmd
    this.returncode = returncode
    this.stdout = stdout
    this.stderr = stderr
  }

  override get name(): string {
    return 'CalledProcessError'
  }

  get code(): 'ERR_ASYNCIO_CALLED_PROCESS' {
    return 'ERR_ASYNCIO_CALLED_PROCESS'
  }
}

/**
 * A program took longer than it may, and was killed.
 *
 * @see https://docs.python.org/3/library/subprocess.html#subprocess.TimeoutExpired
 */
export class TimeoutExpired extends TimeoutError {
  /** The program and its arguments. */
  readonly cmd: readonly string[]
  /** In seconds. */
  readonly timeout: number
  /** What was printed until then; `null` where it was sent elsewhere. */
  readonly stdout: Output | null
  /** What was printed until then; `null` where it was sent elsewhere. */
  readonly stderr: Output | null

  constructor(cmd: readonly string[], timeout: number, { stdout, stderr }: Left) {
    super(`Command '${cmd.join(' ')}' timed out after ${timeout} seconds and was killed.${printedBy(stderr)}`)
    this.cmd = cmd
    this.timeout = timeout
    this.stdout = stdout
    this.stderr = stderr
  }

  override get name(): string {
    return 'TimeoutExpired'
  }
}

/** A program printed more than it may, and was killed: see `maxOutputBytes` of `runProcess`. */
export class OutputLimitError extends RuntimeError {
  /** The program and its arguments. */
  readonly cmd: readonly string[]
  readonly maxOutputBytes: number
  /** What was printed, up to the limit; `null` where it was sent elsewhere. */
  readonly stdout: Output | null
  /** What was printed, up to the limit; `null` where it was sent elsewhere. */
  readonly stderr: Output | null

  constructor(cmd: readonly string[], maxOutputBytes: number, { stdout, stderr }: Left) {
    super(
      `Command '${cmd.join(' ')}' printed more than ${maxOutputBytes} bytes and was killed. ` +
        'Raise maxOutputBytes, or read its output with createSubprocessExec().',
    )
    this.cmd = cmd
    this.maxOutputBytes = maxOutputBytes
    this.stdout = stdout
    this.stderr = stderr
  }

  override get name(): string {
    return 'OutputLimitError'
  }
}
