/** Runs ten commands, as one would fetch ten repositories: three at a time, with progress, and one that fails. */
import { runProcess, Semaphore, taskGroup } from 'asyncio-ts'

const repositories = [
  'core',
  'loop',
  'tasks',
  'sync',
  'queues',
  'streams',
  'subprocess',
  'executors',
  'testing',
  'gone',
]

/** Stands in for `git fetch`. */
const commandOf = (name: string): string[] => [
  '-c',
  name === 'gone' ? 'echo not found >&2; exit 128' : `echo fetched ${name}`,
]

class Progress {
  #done = 0
  #running = 0
  #most = 0
  readonly failures: string[] = []

  begin(): void {
    this.#most = Math.max(this.#most, ++this.#running)
  }

  end(name: string, returncode: number, stderr: Uint8Array): void {
    this.#running--
    this.#done++
    if (returncode !== 0) this.failures.push(`${name}: ${new TextDecoder().decode(stderr).trim()} (${returncode})`)
  }

  report(): void {
    console.log(`${this.#done} of ${repositories.length} done, at most ${this.#most} at a time`)
    for (const failure of this.failures) console.log(failure)
  }
}

export async function awaits() {
  const limit = new Semaphore(3)
  const progress = new Progress()
  await taskGroup(async (tg) => {
    for (const name of repositories) {
      tg.createTask(() =>
        limit.with(async () => {
          progress.begin()
          const { returncode, stderr } = await runProcess('sh', commandOf(name), { timeout: 30 })
          progress.end(name, returncode, stderr!)
        }),
      )
    }
  })
  progress.report()
}

export function* yields() {
  const limit = new Semaphore(3)
  const progress = new Progress()
  yield* taskGroup(function* (tg) {
    for (const name of repositories) {
      tg.createTask(
        limit.with(function* () {
          progress.begin()
          const { returncode, stderr } = yield* runProcess('sh', commandOf(name), { timeout: 30 })
          progress.end(name, returncode, stderr!)
        }),
      )
    }
  })
  progress.report()
}
