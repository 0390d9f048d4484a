import { describe, expect, it } from 'vitest'
import { NotImplementedError, RuntimeError } from '@asyncio-ts/core'
import * as loop from '../../src/index.ts'

const { BaseTransport, DatagramTransport, ReadTransport, SubprocessTransport, Transport, WriteTransport } = loop

/** The methods that a class and its bases define, without `constructor`. */
function methodsOf(constructor: new () => object): string[] {
  const names = new Set<string>()
  for (let proto = constructor.prototype; proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
    for (const name of Object.getOwnPropertyNames(proto)) if (name !== 'constructor') names.add(name)
  }
  return [...names].sort()
}

function call(object: object, method: string): unknown {
  return (object as Record<string, (...args: unknown[]) => unknown>)[method]!('argument')
}

const base = ['close', 'getExtraInfo', 'getProtocol', 'isClosing', 'setProtocol']
const read = ['isReading', 'pauseReading', 'resumeReading']
const limits = ['getWriteBufferLimits', 'getWriteBufferSize', 'setWriteBufferLimits']
const write = ['abort', 'canWriteEof', ...limits, 'write', 'writeEof', 'writelines']
const subprocess = ['getPid', 'getPipeTransport', 'getReturncode', 'kill', 'sendSignal', 'terminate']

describe('transports', () => {
  it.each([
    ['BaseTransport', BaseTransport, base],
    ['ReadTransport', ReadTransport, [...base, ...read]],
    ['WriteTransport', WriteTransport, [...base, ...write]],
    ['Transport', Transport, [...base, ...read, ...write]],
    ['DatagramTransport', DatagramTransport, [...base, ...limits, 'abort', 'sendto']],
    ['SubprocessTransport', SubprocessTransport, [...base, ...subprocess]],
  ])('%s leaves every method to who implements it', (_name, constructor, methods) => {
    expect(methodsOf(constructor)).toEqual([...methods].sort())
    const made = new (class Own extends constructor {})()
    for (const method of methods.filter((each) => each !== 'getExtraInfo' && each !== 'writelines')) {
      expect(() => call(made, method)).toThrow(new NotImplementedError(`Own does not implement ${method}().`))
    }
  })

  it('know what they were made with', () => {
    const transport = new BaseTransport({ peername: ['::1', 80] })
    expect(transport.getExtraInfo('peername')).toEqual(['::1', 80])
    expect(transport.getExtraInfo('toString')).toBe(undefined)
    expect(transport.getExtraInfo('sockname', 'none')).toBe('none')
    expect(new BaseTransport().getExtraInfo('peername')).toBe(undefined)
  })

  it('write lines with write', () => {
    const written: unknown[] = []
    class Own extends WriteTransport {
      override write(data: Uint8Array | string): void {
        written.push(data)
      }
    }
    new Own().writelines(['a', 'b'])
    expect(written).toEqual(['a', 'b'])
  })
})

describe('protocols', () => {
  const all = ['connectionLost', 'connectionMade', 'pauseWriting', 'resumeWriting']

  it.each([
    ['BaseProtocol', loop.BaseProtocol, all],
    ['Protocol', loop.Protocol, [...all, 'dataReceived', 'eofReceived']],
    ['BufferedProtocol', loop.BufferedProtocol, [...all, 'bufferUpdated', 'eofReceived', 'getBuffer']],
    ['DatagramProtocol', loop.DatagramProtocol, [...all, 'datagramReceived', 'errorReceived']],
    [
      'SubprocessProtocol',
      loop.SubprocessProtocol,
      [...all, 'pipeConnectionLost', 'pipeDataReceived', 'processExited'],
    ],
  ])('%s does nothing by default', (_name, constructor, methods) => {
    expect(methodsOf(constructor)).toEqual([...methods].sort())
    const protocol = new constructor()
    expect(protocol).toBeInstanceOf(loop.BaseProtocol)
    for (const method of methods.filter((each) => each !== 'getBuffer')) expect(call(protocol, method)).toBe(undefined)
  })

  it('need a buffer to read into', () => {
    expect(() => new loop.BufferedProtocol().getBuffer(-1)).toThrow(NotImplementedError)
  })
})

describe('SendfileNotAvailableError', () => {
  it('is a RuntimeError with a code of its own', () => {
    const error = new loop.SendfileNotAvailableError('no sendfile')
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error).toMatchObject({ name: 'SendfileNotAvailableError', code: 'ERR_ASYNCIO_SENDFILE_NOT_AVAILABLE' })
    expect(String(error)).toBe('SendfileNotAvailableError: no sendfile')
  })
})
