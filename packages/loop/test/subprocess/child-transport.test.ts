import { describe, expect } from 'vitest'
import { Future, getRunningLoop } from '@asyncio-ts/core'
import type { Awaitable, BaseTransport, ReadTransport, SubprocessTransport } from '@asyncio-ts/core'
import type { EventLoop } from '../../src/index.ts'
import { SubprocessProtocol } from '../../src/index.ts'
import { inBoth } from '../../../../test-support/on-real-loop.ts'

/** Notes what it hears, in order. */
class Listener extends SubprocessProtocol {
  readonly heard: string[] = []
  readonly lost = new Future<void>()
  readonly exited = new Future<void>()
  transport!: SubprocessTransport

  override connectionMade(transport: BaseTransport): void {
    this.transport = transport as SubprocessTransport
    this.heard.push('made')
  }

  override pipeDataReceived(fd: number, data: Uint8Array): void {
    this.heard.push(`${fd}: ${new TextDecoder().decode(data).trim()}`)
  }

  override pipeConnectionLost(fd: number, error: Error | null): void {
    this.heard.push(`${fd} ended${error === null ? '' : ` by ${error.name}`}`)
  }

  override processExited(): void {
    this.heard.push('exited')
    this.exited.setResult()
  }

  override connectionLost(error: Error | null): void {
    this.heard.push(`lost ${String(error)}`)
    this.lost.setResult()
  }
}

const start = (...args: [string, ...string[]]): Awaitable<[SubprocessTransport, Listener]> =>
  (getRunningLoop() as unknown as EventLoop).subprocessExec(() => new Listener(), ...args)

describe('the transport of a child', () => {
  inBoth('tells of the start, the data, the ends, the exit, and of the loss last and once', function* (wait) {
    const [transport, listener] = yield* wait(start('sh', '-c', 'echo out; echo err >&2; exit 3'))
    yield* wait(listener.lost)
    const { heard } = listener
    expect([heard[0], heard.at(-1)]).toEqual(['made', 'lost null'])
    expect(heard.slice(1, -1).sort()).toEqual(['0 ended', '1 ended', '1: out', '2 ended', '2: err', 'exited'])
    expect([transport.getReturncode(), transport.getExtraInfo('subprocess') !== undefined]).toEqual([3, true])
  })

  inBoth('has a transport for each pipe, and none for others', function* (wait) {
    const [transport, listener] = yield* wait(start('true'))
    expect([0, 1, 2].map((fd) => transport.getPipeTransport(fd) !== null)).toEqual([true, true, true])
    expect(transport.getPipeTransport(3)).toBeNull()
    expect(transport.getProtocol()).toBe(listener)
    yield* wait(listener.lost)
  })

  inBoth('kills a child that still runs when it is closed', function* (wait) {
    const [transport, listener] = yield* wait(start('sleep', '60'))
    expect([transport.getReturncode(), transport.isClosing()]).toEqual([null, false])
    transport.close()
    transport.close()
    yield* wait(listener.lost)
    expect([transport.getReturncode(), transport.isClosing()]).toEqual([-9, true])
  })

  inBoth('leaves a child alone that has exited before it is closed', function* (wait) {
    const [transport, listener] = yield* wait(start('sh', '-c', 'exit 5'))
    yield* wait(listener.exited)
    transport.close()
    yield* wait(listener.lost)
    expect(transport.getReturncode()).toBe(5)
    expect(() => transport.kill()).toThrow(/has ended/)
  })

  inBoth('shows what state the child is in', function* (wait) {
    const [transport, listener] = yield* wait(start('cat'))
    expect(String(transport)).toMatch(/^<SubprocessTransport pid=\d+ running stdin=.+ stdout=.+ stderr=.+>$/)
    transport.kill()
    yield* wait(listener.lost)
    expect(String(transport)).toMatch(/ returncode=-9 /)
  })

  inBoth('slows the child down while its pipe is not read', function* (wait) {
    const [transport, listener] = yield* wait(start('sh', '-c', 'yes | head -c 1000000; echo done >&2'))
    const stdout = transport.getPipeTransport(1) as ReadTransport
    stdout.pauseReading()
    const quiet = listener.heard.filter((line) => line.startsWith('1:')).length
    yield* wait(rounds(20))
    expect(listener.heard.filter((line) => line.startsWith('1:')).length).toBe(quiet)
    expect(listener.heard).not.toContain('2: done')
    stdout.resumeReading()
    yield* wait(listener.lost)
    expect(listener.heard).toContain('2: done')
  })

  inBoth('does not hand the pipe of one child on to the next', function* (wait) {
    const [first, firstListener] = yield* wait(start('cat'))
    const [second, secondListener] = yield* wait(start('sleep', '60'))
    first.getPipeTransport(0)!.close()
    yield* wait(firstListener.lost)
    expect([first.getReturncode(), second.getReturncode()]).toEqual([0, null])
    second.close()
    yield* wait(secondListener.lost)
  })
})

/** Lets the host go round so many times. */
function rounds(count: number): Awaitable<void> {
  const future = getRunningLoop().createFuture<void>()
  let left = count
  const round = (): void => void (left-- > 0 ? setImmediate(round) : future.setResult())
  round()
  return future
}
