import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BrokenPipeError, getRunningLoop, isCancelled } from '@asyncio-ts/core'
import type { BaseTransport } from '@asyncio-ts/core'
import type { KernelLoop } from '@asyncio-ts/core/primitives'
import { SubprocessTransport } from '@asyncio-ts/loop'
import { ProcessProtocol } from '../src/process-protocol.ts'

/** A pipe that notes what happens to it. */
class FakePipe {
  isClosed = false
  isPaused = false
  readonly written: unknown[] = []

  write(data: unknown): void {
    this.written.push(data)
  }

  close(): void {
    this.isClosed = true
  }

  isClosing(): boolean {
    return this.isClosed
  }

  pauseReading(): void {
    this.isPaused = true
  }

  resumeReading(): void {
    this.isPaused = false
  }

  getExtraInfo(): undefined {
    return undefined
  }
}

class FakeChild extends SubprocessTransport {
  readonly pipes: (FakePipe | null)[]
  closings = 0

  constructor(pipes: (FakePipe | null)[]) {
    super()
    this.pipes = pipes
  }

  override getPipeTransport(fd: number): BaseTransport | null {
    return (this.pipes[fd] as unknown as BaseTransport | null) ?? null
  }

  override close(): void {
    this.closings += 1
  }
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const piped = (): FakePipe[] => [new FakePipe(), new FakePipe(), new FakePipe()]

let protocol: ProcessProtocol

beforeEach(() => {
  protocol = new ProcessProtocol(getRunningLoop() as KernelLoop, undefined)
})

afterEach(() => {
  // Whatever was open is closed, so that nothing is reported about it later.
  for (const fd of [0, 1, 2]) protocol.pipeConnectionLost(fd, null)
})

describe('ProcessProtocol', () => {
  it('has streams for the pipes that there are, and no others', () => {
    protocol.connectionMade(new FakeChild([null, new FakePipe(), null]))
    expect([protocol.stdin, protocol.stderr]).toEqual([null, null])
    expect(protocol.stdout).not.toBeNull()
  })

  it('gives what each pipe brings to its reader, up to the end', async () => {
    protocol.connectionMade(new FakeChild(piped()))
    protocol.pipeDataReceived(1, Buffer.from('out'))
    protocol.pipeDataReceived(2, Buffer.from('err'))
    protocol.pipeDataReceived(7, Buffer.from('nobody'))
    protocol.pipeConnectionLost(1, null)
    protocol.pipeConnectionLost(2, null)
    expect(text(await protocol.stdout!.read())).toBe('out')
    expect(text(await protocol.stderr!.read())).toBe('err')
  })

  it('passes the error of a pipe on to its reader', async () => {
    protocol.connectionMade(new FakeChild(piped()))
    protocol.pipeConnectionLost(1, new BrokenPipeError('torn'))
    await expect(protocol.stdout!.read()).rejects.toThrow('torn')
  })

  it.each([
    ['the exit', ['exit', 1, 2]],
    ['a pipe', [1, 'exit', 2]],
    ['the pipes', [2, 1, 'exit']],
  ])('closes the transport once all has ended, beginning with %s', (_what, order) => {
    const child = new FakeChild(piped())
    protocol.connectionMade(child)
    for (const what of order) {
      expect(child.closings).toBe(0)
      if (what === 'exit') protocol.processExited()
      else protocol.pipeConnectionLost(what as number, null)
    }
    expect(child.closings).toBe(1)
    protocol.processExited()
    expect(child.closings).toBe(1)
  })

  it('holds a writer up while the pipe to the child is full', async () => {
    protocol.connectionMade(new FakeChild(piped()))
    protocol.pauseWriting()
    let isDrained = false
    const draining = protocol.stdin!.drain().then(() => (isDrained = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isDrained).toBe(false)
    protocol.resumeWriting()
    await draining
  })

  it('ends the waits for the pipe to the child when it is closed', async () => {
    protocol.connectionMade(new FakeChild(piped()))
    const waits = [protocol._waitClosed(), protocol._waitClosed()].map((each) => getRunningLoop().createTask(each))
    await new Promise((resolve) => setImmediate(resolve))
    protocol.pipeConnectionLost(0, null)
    expect(await Promise.all(waits)).toEqual([undefined, undefined])
    await protocol._waitClosed()
  })

  it('fails them when it was torn, and a wait that begins later too', async () => {
    protocol.connectionMade(new FakeChild(piped()))
    const wait = getRunningLoop().createTask(protocol._waitClosed())
    await new Promise((resolve) => setImmediate(resolve))
    protocol.pipeConnectionLost(0, new BrokenPipeError('torn'))
    await expect(wait).rejects.toThrow('torn')
    await expect(protocol._waitClosed()).rejects.toThrow('torn')
  })

  it('forgets a wait that was cancelled', async () => {
    protocol.connectionMade(new FakeChild(piped()))
    const wait = getRunningLoop().createTask(protocol._waitClosed())
    await new Promise((resolve) => setImmediate(resolve))
    wait.cancel()
    const error = await wait.then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(isCancelled(error)).toBe(true)
    expect(() => protocol.pipeConnectionLost(0, new BrokenPipeError('torn'))).not.toThrow()
  })
})
