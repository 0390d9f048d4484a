/** A UDP server that sends back what it gets, and a client that asks it. */
import { ConnectionRefusedError, DatagramProtocol, Future, getRunningLoop, timeout } from 'asyncio-ts'
import type { Address, DatagramTransport } from '@asyncio-ts/core'

export class EchoServer extends DatagramProtocol {
  #transport!: DatagramTransport

  override connectionMade(transport: DatagramTransport): void {
    this.#transport = transport
  }

  override datagramReceived(data: Uint8Array, address: Address): void {
    this.#transport.sendto(data, address)
  }
}

/** Hears one answer, or learns that nobody is there. */
class Question extends DatagramProtocol {
  readonly answer = new Future<string>()
  readonly #text: string

  constructor(text: string) {
    super()
    this.#text = text
  }

  override connectionMade(transport: DatagramTransport): void {
    transport.sendto(this.#text)
  }

  override datagramReceived(data: Uint8Array): void {
    if (!this.answer.done()) this.answer.setResult(new TextDecoder().decode(data))
  }

  override errorReceived(error: Error): void {
    if (!this.answer.done()) this.answer.setException(error)
  }
}

/** Asks the server at an address, which has to answer within a second. */
export async function ask(address: Address, text: string) {
  const [transport, question] = await getRunningLoop().createDatagramEndpoint(() => new Question(text), {
    remoteAddr: address,
  })
  try {
    return await timeout(1, () => question.answer)
  } finally {
    transport.close()
  }
}

function* askInSteps(address: Address, text: string) {
  const [transport, question] = yield* getRunningLoop().createDatagramEndpoint(() => new Question(text), {
    remoteAddr: address,
  })
  try {
    return yield* timeout(1, () => question.answer)
  } finally {
    transport.close()
  }
}

export async function awaits() {
  const [server] = await getRunningLoop().createDatagramEndpoint(() => new EchoServer(), {
    localAddr: ['127.0.0.1', 0],
  })
  const address = server.getExtraInfo('sockname') as Address
  console.log('answer:', await ask(address, 'hello'))
  server.close()
  try {
    await ask(address, 'still there?')
  } catch (error) {
    if (!(error instanceof ConnectionRefusedError)) throw error
    console.log('no answer:', error.name)
  }
}

export function* yields() {
  const [server] = yield* getRunningLoop().createDatagramEndpoint(() => new EchoServer(), {
    localAddr: ['127.0.0.1', 0],
  })
  const address = server.getExtraInfo('sockname') as Address
  console.log('answer:', yield* askInSteps(address, 'hello'))
  server.close()
  try {
    yield* askInSteps(address, 'still there?')
  } catch (error) {
    if (!(error instanceof ConnectionRefusedError)) throw error
    console.log('no answer:', error.name)
  }
}
