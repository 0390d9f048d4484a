/** Tasks that end together: the first failure cancels the others, and the errors arrive as one. */
import { ExceptionGroup, sleep, taskGroup } from 'asyncio-ts'
import { stopwatch } from './stopwatch.ts'

export async function awaits() {
  const elapsed = stopwatch()
  try {
    await taskGroup(async (group) => {
      group.createTask(async () => {
        try {
          await sleep(3600)
        } finally {
          console.log('sibling cancelled after', elapsed())
        }
      })
      group.createTask(async () => {
        await sleep(0.1)
        throw new Error('out of paper')
      })
    })
  } catch (error) {
    if (!(error instanceof ExceptionGroup)) throw error
    console.log(error.message, error.errors.map(String))
  }
}

export function* yields() {
  const elapsed = stopwatch()
  try {
    yield* taskGroup(function* (group) {
      group.createTask(function* () {
        try {
          yield* sleep(3600)
        } finally {
          console.log('sibling cancelled after', elapsed())
        }
      })
      group.createTask(function* () {
        yield* sleep(0.1)
        throw new Error('out of paper')
      })
    })
  } catch (error) {
    if (!(error instanceof ExceptionGroup)) throw error
    console.log(error.message, error.errors.map(String))
  }
}
