import { spawn, spawnSync } from 'node:child_process'

/** Whether there is a Python to compare with. */
export const hasPython = spawnSync('python3', ['--version']).status === 0

/** Another process that runs Python, until it is disposed of. */
export class PythonPeer implements AsyncDisposable {
  readonly #child
  readonly #exited: Promise<number | null>
  #output = ''
  #isOver = false
  #waiting: (() => void)[] = []

  constructor(script: string, args: readonly (string | number)[] = []) {
    const argv = ['-u', '-X', 'dev', '-W', 'ignore', '-c', script, ...args.map(String)]
    this.#child = spawn('python3', argv, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.#exited = new Promise((resolve) => this.#child.on('close', (code) => resolve(code)))
    void this.#exited.then(() => {
      this.#isOver = true
      for (const wake of this.#waiting.splice(0)) wake()
    })
  }

  /** Waits for the next line that the peer prints. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#output.indexOf('\n')
      if (end >= 0) {
        const line = this.#output.slice(0, end)
        this.#output = this.#output.slice(end + 1)
        return line
      }
      if (this.#isOver) throw new Error('The Python peer has ended.')
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Waits until the peer has ended by itself; returns its exit code. */
  exit(): Promise<number | null> {
    return this.#exited
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }
}
