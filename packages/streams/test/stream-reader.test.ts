import { describe, expect, expectTypeOf, it } from 'vitest'
import { getRunningLoop, isCancelled, RuntimeError, ValueError } from '@asyncio-ts/core'
import type { CoroutineObject, TaskLike } from '@asyncio-ts/core'
import { runManually } from '../../../test-support/manual-loop.ts'
import { IncompleteReadError, LimitOverrunError, StreamReader } from '../src/index.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

function fed(...chunks: string[]): StreamReader {
  const reader = new StreamReader()
  for (const chunk of chunks) reader.feedData(chunk)
  return reader
}

describe('a read that need not wait', () => {
  it('takes no turn, and makes neither a generator nor a promise', () =>
    runManually(function* () {
      const reader = fed('one\ntwo\n12345')
      let turned = false
      getRunningLoop().callSoon(() => (turned = true))
      const line = reader.readline()
      expect(line[Symbol.iterator]()).toBe(line)
      expect(text(line.next().value as Uint8Array)).toBe('one\n')
      expect(text(yield* reader.readuntil('o\n'))).toBe('two\n')
      expect(text(yield* reader.readexactly(3))).toBe('123')
      expect(text(yield* reader.read(10))).toBe('45')
      expect(turned).toBe(false)
    }))

  it('reads nothing before it is awaited', () =>
    runManually(function* () {
      const reader = fed('ab')
      const first = reader.read(1)
      expect(text(yield* reader.read(1))).toBe('a')
      expect(text(yield* first)).toBe('b')
    }))
})

describe('the lines of a reader', () => {
  it('are iterated in both spellings, to a last one without an end', async () => {
    await runManually(async () => {
      const reader = fed('a\nb', '\nc')
      reader.feedEof()
      const lines: string[] = []
      for await (const line of reader) lines.push(text(line))
      expect(lines).toEqual(['a\n', 'b\n', 'c'])
    })
    await runManually(function* () {
      const reader = fed('a\n')
      const iterator = reader[Symbol.asyncIterator]()
      getRunningLoop().callLater(1, () => {
        reader.feedData('b')
        reader.feedEof()
      })
      const lines: string[] = []
      for (let line = yield* iterator.next(); !line.done; line = yield* iterator.next()) lines.push(text(line.value))
      expect(lines).toEqual(['a\n', 'b'])
    })
  })

  it('that are too long are dropped, and the next one is read', () =>
    runManually(function* () {
      const reader = new StreamReader({ limit: 4 })
      reader.feedData('too long\nok\n')
      let error: unknown
      try {
        yield* reader.readline()
      } catch (thrown) {
        error = thrown
      }
      expect(error).toBeInstanceOf(ValueError)
      expect((error as Error).cause).toBeInstanceOf(LimitOverrunError)
      expect(text(yield* reader.readline())).toBe('ok\n')
    }))
})

describe('what went wrong', () => {
  it('is told in fields, and loses nothing', () =>
    runManually(async () => {
      const reader = new StreamReader({ limit: 3 })
      reader.feedData('abcdef;')
      const overrun = (await reader.readuntil(';').catch((error: unknown) => error)) as LimitOverrunError
      expect([overrun.name, overrun.code, overrun.consumed]).toEqual([
        'LimitOverrunError',
        'ERR_ASYNCIO_LIMIT_OVERRUN',
        6,
      ])
      expect(text(await reader.readexactly(7))).toBe('abcdef;')
      reader.feedData('end')
      reader.feedEof()
      const incomplete = (await reader.readexactly(5).catch((error: unknown) => error)) as IncompleteReadError
      expect([incomplete.name, incomplete.code, text(incomplete.partial), incomplete.expected]).toEqual([
        'IncompleteReadError',
        'ERR_ASYNCIO_INCOMPLETE_READ',
        'end',
        5,
      ])
      expect(incomplete.message).toBe('3 bytes read on a total of 5 expected bytes')
    }))

  it('is thrown into whoever waits, and at every later read', () =>
    runManually(async () => {
      const reader = new StreamReader()
      const waiting = getRunningLoop().createTask(() => reader.read(1))
      getRunningLoop().callSoon(() => reader.setException(new RangeError('gone')))
      await expect(waiting).rejects.toThrow('gone')
      await expect(reader.readline()).rejects.toThrow('gone')
      expect(reader.exception()).toBeInstanceOf(RangeError)
    }))
})

describe('a read that is cancelled', () => {
  it('leaves what came in the reader, that of a half-done read to the end too', () =>
    runManually(function* () {
      const loop = getRunningLoop()
      for (const begin of [(reader: StreamReader) => reader.read(), (reader: StreamReader) => reader.readexactly(9)]) {
        const reader = fed('abc')
        const task = loop.createTask(begin(reader)) as TaskLike<Uint8Array>
        yield undefined
        yield undefined
        reader.feedData('def')
        yield undefined
        task.cancel()
        let error: unknown
        try {
          yield* task
        } catch (thrown) {
          error = thrown
        }
        expect(isCancelled(error)).toBe(true)
        expect(text(yield* reader.readexactly(6))).toBe('abcdef')
      }
    }))

  it('lets the next one wait, though it had been woken', () =>
    runManually(function* () {
      const loop = getRunningLoop()
      const reader = new StreamReader()
      const first = loop.createTask(reader.readexactly(5)) as TaskLike<Uint8Array>
      yield undefined
      reader.feedData('ab')
      first.cancel()
      const second = loop.createTask(reader.readexactly(4)) as TaskLike<Uint8Array>
      yield undefined
      yield undefined
      reader.feedData('cd')
      expect(text(yield* second)).toBe('abcd')
      expect(first.cancelled()).toBe(true)
    }))
})

describe('the pace', () => {
  it('is slowed above twice the limit, and set free at the limit or when somebody waits', () =>
    runManually(function* () {
      const told: string[] = []
      const reader = new StreamReader({ limit: 2 })
      reader.setTransport({
        pauseReading: () => void told.push('pause'),
        resumeReading: () => void told.push('resume'),
      })
      reader.feedData('abcd')
      expect(told).toEqual([])
      reader.feedData('e')
      expect(told).toEqual(['pause'])
      yield* reader.readexactly(2)
      expect(told).toEqual(['pause'])
      yield* reader.readexactly(1)
      expect(told).toEqual(['pause', 'resume'])
      reader.feedData('fgh')
      const task = getRunningLoop().createTask(reader.readexactly(7))
      yield undefined
      yield undefined
      expect(told).toEqual(['pause', 'resume', 'pause', 'resume'])
      reader.feedData('ij')
      yield* task
      reader.unread('123456')
      expect(told.at(-1)).toBe('pause')
    }))

  it('is set free by a read to the end, when the read before it ended too early', () =>
    runManually(function* () {
      const told: string[] = []
      const reader = new StreamReader({ limit: 1 })
      reader.setTransport({
        pauseReading: () => void told.push('pause'),
        resumeReading: () => void told.push('resume'),
      })
      reader.feedData('abc')
      reader.feedEof()
      const task = getRunningLoop().createTask(reader.readexactly(4))
      yield undefined
      yield undefined
      expect(task.exception()).toBeInstanceOf(IncompleteReadError)
      expect(told).toEqual(['pause'])
      expect(yield* reader.read()).toHaveLength(0)
      expect(told).toEqual(['pause', 'resume'])
    }))
})

describe('misuse', () => {
  it('is refused at the call', () => {
    const reader = fed('x')
    expect(() => new StreamReader({ limit: 0 })).toThrow(ValueError)
    expect(() => new StreamReader({ limit: '1' as never })).toThrow(TypeError)
    expect(() => reader.read(1.5)).toThrow(TypeError)
    expect(() => reader.readexactly(-1)).toThrow(ValueError)
    expect(() => reader.readuntil('')).toThrow(/at least one-byte/)
    expect(() => reader.readuntil([])).toThrow(/at least one element/)
    expect(() => reader.readuntil(5 as never)).toThrow(TypeError)
    expect(() => reader.feedData(5 as never)).toThrow(TypeError)
    const paced = { pauseReading: () => undefined, resumeReading: () => undefined }
    reader.setTransport(paced)
    expect(() => reader.setTransport(paced)).toThrow(RuntimeError)
    reader.feedEof()
    expect(() => reader.feedData('more')).toThrow(/after feedEof/)
  })

  it('of one reader by two tasks is a RuntimeError', () =>
    runManually(function* () {
      const loop = getRunningLoop()
      const reader = new StreamReader()
      const first = loop.createTask(reader.readline()) as TaskLike<Uint8Array>
      const second = loop.createTask(reader.read(1))
      yield undefined
      yield undefined
      expect(String(second.exception())).toMatch(/read\(\) called while another coroutine is already waiting/)
      reader.feedData('x\n')
      expect(text(yield* first)).toBe('x\n')
    }))
})

describe('a reader', () => {
  it('says what state it is in', () => {
    const reader = fed('abc')
    reader.feedEof()
    expect(String(reader)).toBe('<StreamReader 3 bytes eof>')
    expect(String(new StreamReader({ limit: 5 }))).toBe('<StreamReader limit=5>')
  })

  it('has types that tell what comes', () => {
    expectTypeOf<ReturnType<StreamReader['readline']>>().toEqualTypeOf<CoroutineObject<Uint8Array>>()
    expectTypeOf<Awaited<ReturnType<StreamReader['read']>>>().toEqualTypeOf<Uint8Array>()
  })
})

describe('the bytes that a reader returns', () => {
  /** The same bytes, in each way in which they can come. */
  const ways: Record<string, (reader: StreamReader) => void> = {
    'as Buffers': (reader) => ['ab', '\ncd\n', 'ef\n', 'gh'].forEach((part) => reader.feedData(Buffer.from(part))),
    'as one Buffer': (reader) => reader.feedData(Buffer.from('ab\ncd\nef\ngh')),
    'as a part of a Buffer': (reader) => reader.feedData(Buffer.from('..ab\ncd\nef\ngh..').subarray(2, 13)),
    'as text': (reader) => reader.feedData('ab\ncd\nef\ngh'),
    'as plain bytes': (reader) => reader.feedData(new TextEncoder().encode('ab\ncd\nef\ngh')),
    'by being put back': (reader) => reader.unread(Buffer.from('ab\ncd\nef\ngh')),
  }
  const reads: Record<string, (reader: StreamReader) => CoroutineObject<Uint8Array>> = {
    readline: (reader) => reader.readline(),
    readuntil: (reader) => reader.readuntil('d\n'),
    readexactly: (reader) => reader.readexactly(4),
    'read of some': (reader) => reader.read(2),
    'read of all': (reader) => reader.read(),
  }
  for (const [way, feed] of Object.entries(ways)) {
    it.each(Object.entries(reads))(`are plain, of one class, when they came ${way} (%s)`, async (_name, read) => {
      await runManually(async () => {
        const reader = new StreamReader()
        feed(reader)
        reader.feedEof()
        const bytes = await read(reader)
        expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
        expect('ab\ncd\nef\ngh'.startsWith(text(bytes))).toBe(true)
        for await (const line of reader) expect(Object.getPrototypeOf(line)).toBe(Uint8Array.prototype)
      })
    })

    it(`are plain in the error of a stream that ends early, when they came ${way}`, async () => {
      await runManually(async () => {
        const reader = new StreamReader()
        feed(reader)
        reader.feedEof()
        const error = await reader.readexactly(100).then(
          () => null,
          (thrown: IncompleteReadError) => thrown,
        )
        expect(Object.getPrototypeOf(error!.partial)).toBe(Uint8Array.prototype)
      })
    })
  }
})
