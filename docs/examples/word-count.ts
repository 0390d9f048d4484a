/** Counts the words of a large text with two programs of the system: `sort | uniq -c`. */
import { createSubprocessExec, gather, PIPE } from 'asyncio-ts'
import type { StreamReader, StreamWriter } from 'asyncio-ts'

/** So many lines of one word each. */
function textOf(lines: number): string {
  const words = ['wolf', 'owl', 'hare', 'owl']
  return Array.from({ length: lines }, (_, index) => `${words[index % words.length]}\n`).join('')
}

/** Passes bytes on as they come, no faster than they are taken. */
async function pump(reader: StreamReader, writer: StreamWriter) {
  for (let block = await reader.read(65536); block.length > 0; block = await reader.read(65536)) {
    writer.write(block)
    await writer.drain()
  }
  writer.close()
}

export async function awaits() {
  const sort = await createSubprocessExec('sort', { stdin: PIPE, stdout: PIPE, env: { ...process.env, LC_ALL: 'C' } })
  const uniq = await createSubprocessExec('uniq', '-c', { stdin: PIPE, stdout: PIPE })
  sort.stdin!.write(textOf(200_000))
  const [, , counted] = await gather(
    async () => {
      await sort.stdin!.drain()
      sort.stdin!.close()
    },
    () => pump(sort.stdout!, uniq.stdin!),
    uniq.stdout!.read(),
  )
  console.log(new TextDecoder().decode(counted).replace(/^ +/gm, '').trimEnd())
  console.log('exit', await sort.wait(), await uniq.wait())
}

function* pumpInSteps(reader: StreamReader, writer: StreamWriter) {
  for (let block = yield* reader.read(65536); block.length > 0; block = yield* reader.read(65536)) {
    writer.write(block)
    yield* writer.drain()
  }
  writer.close()
}

export function* yields() {
  const sort = yield* createSubprocessExec('sort', { stdin: PIPE, stdout: PIPE, env: { ...process.env, LC_ALL: 'C' } })
  const uniq = yield* createSubprocessExec('uniq', '-c', { stdin: PIPE, stdout: PIPE })
  sort.stdin!.write(textOf(200_000))
  const [, , counted] = yield* gather(
    function* () {
      yield* sort.stdin!.drain()
      sort.stdin!.close()
    },
    pumpInSteps(sort.stdout!, uniq.stdin!),
    uniq.stdout!.read(),
  )
  console.log(new TextDecoder().decode(counted).replace(/^ +/gm, '').trimEnd())
  console.log('exit', yield* sort.wait(), yield* uniq.wait())
}
