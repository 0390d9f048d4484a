import { run, sleep } from 'asyncio-ts'
import type { Coroutine } from 'asyncio-ts'

function* generators(): Coroutine<void> {
  yield* sleep(0)
}

const functions = async (): Promise<void> => {
  await sleep(0)
}

await run(process.argv[2] === 'functions' ? functions : generators)
