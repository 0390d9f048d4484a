import { describe, expect, it } from 'vitest'
import { runProgram } from '../program.ts'

/** Copies its input to its output, and then says on stderr that it is done. */
const copies = (input: string, output: string): string => `
import { getRunningLoop, Protocol, run } from '@asyncio-ts/loop'

class Copies extends Protocol {
  constructor(output, ended) {
    super()
    Object.assign(this, { output, ended })
  }
  dataReceived(data) {
    this.output.write(data)
  }
  eofReceived() {
    this.output.close()
  }
  connectionLost(error) {
    this.ended.setResult(error)
  }
}
await run(async () => {
  const loop = getRunningLoop()
  const [output] = await loop.connectWritePipe(() => new Protocol(), ${output})
  const [, copy] = await loop.connectReadPipe(() => new Copies(output, loop.createFuture()), ${input})
  output.write('ready\\n')
  console.error(String(await copy.ended))
})`

describe('the standard streams', () => {
  it.each([
    ['the streams of the process', 'process.stdin', 'process.stdout'],
    ['their descriptors', '0', '1'],
  ])('are pipes: %s', async (_, input, output) => {
    const { code, stdout, stderr } = await runProgram(copies(input, output), (line, child) => {
      if (line === 'ready') child.stdin!.write('hello\n')
      else child.stdin!.end('goodbye')
    })
    expect([code, stdout, stderr]).toEqual([0, 'ready\nhello\ngoodbye', 'null\n'])
  })

  it('do not keep a program alive when its loop is closed, and stay usable', async () => {
    const { code, stdout, stderr } = await runProgram(`
      import { getRunningLoop, Protocol, run } from '@asyncio-ts/loop'
      for (let round = 0; round < 12; round++) {
        await run(async () => {
          const loop = getRunningLoop()
          await loop.connectReadPipe(() => new Protocol(), process.stdin)
          await loop.connectWritePipe(() => new Protocol(), process.stdout)
          await loop.createDatagramEndpoint(() => new Protocol(), { localAddr: ['127.0.0.1', 0] })
        })
      }
      console.log('the end')`)
    expect([code, stdout, stderr]).toEqual([0, 'the end\n', ''])
  })

  it('do not keep a program alive by sockets that nobody uses', async () => {
    const { code } = await runProgram(`
      import { getRunningLoop, run, Socket } from '@asyncio-ts/loop'
      await run(async () => {
        const loop = getRunningLoop()
        const listening = await Socket.listen(['127.0.0.1', 0])
        const client = Socket.connectable()
        await loop.sockConnect(client, listening.getsockname())
        await loop.sockAccept(listening)
        await Socket.datagram({ family: 4 })
        const receiving = loop.createTask(loop.sockRecv(client, 1))
        await new Promise((resolve) => setTimeout(resolve, 10))
        receiving.cancel()
      })`)
    expect(code).toBe(0)
  })
})
