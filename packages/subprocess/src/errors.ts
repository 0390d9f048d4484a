/** What a program that failed has left. */
interface Failure {
  readonly returncode: number
  readonly stdout: Uint8Array | null
  readonly stderr: Uint8Array | null
}

function reasonOf(returncode: number): string {
  return returncode < 0 ? `died with signal ${-returncode}` : `returned non-zero exit status ${returncode}`
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
  readonly stdout: Uint8Array | null
  readonly stderr: Uint8Array | null

  constructor(cmd: readonly string[], { returncode, stdout, stderr }: Failure) {
    const said = stderr === null ? '' : new TextDecoder().decode(stderr).trim().slice(-500)
    super(`Command '${cmd.join(' ')}' ${reasonOf(returncode)}.${said === '' ? '' : ` It printed: ${said}`}`)
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
