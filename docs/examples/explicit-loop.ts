/** A loop that is made, runs one task, and is closed by hand. */
import { newEventLoop, setEventLoop, sleep } from 'asyncio-ts'

export async function awaits() {
  const loop = newEventLoop()
  setEventLoop(loop)
  try {
    const task = loop.createTask(async () => {
      console.log('running', loop.isRunning())
      await sleep(0.1)
      return 'result'
    })
    console.log(await loop.runUntilComplete(task))
  } finally {
    setEventLoop(null)
    loop.close()
  }
  console.log('closed', loop.isClosed())
}

/** Outside of a loop there is nothing to `yield*` to: only the task is written with it. */
export async function yields() {
  const loop = newEventLoop()
  setEventLoop(loop)
  try {
    const task = loop.createTask(function* () {
      console.log('running', loop.isRunning())
      yield* sleep(0.1)
      return 'result'
    })
    console.log(await loop.runUntilComplete(task))
  } finally {
    setEventLoop(null)
    loop.close()
  }
  console.log('closed', loop.isClosed())
}
