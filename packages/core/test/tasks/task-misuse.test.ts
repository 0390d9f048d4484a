import { describe, expect, test } from 'vitest'
import {
  Context,
  ContextVar,
  coroutine,
  currentTask,
  ExceptionGroup,
  InvalidStateError,
  LookupError,
  RuntimeError,
  setEventLoop,
  Task,
  ValueError,
} from '../../src/index.ts'
import { setRunningLoop } from '../../src/primitives.ts'
import type { Coroutine, Future } from '../../src/index.ts'
import { thrownBy } from '../../../../test-support/errors.ts'
import { ManualLoop, runManually } from '../../../../test-support/manual-loop.ts'
import { sleep } from '../../../../test-support/sleep.ts'

type ErrorClass = abstract new (...args: never[]) => Error

/** A misuse, the class of error CPython has for it, what the message says is wrong, and what it says to do. */
type Row = [what: string, act: (loop: ManualLoop) => unknown, error: ErrorClass, wrong: RegExp, advice: RegExp]

const finished = (loop: ManualLoop) => {
  const future = loop.createFuture<number>()
  future.setResult(1)
  return future
}
const closed = (loop: ManualLoop) => {
  loop.close()
  return loop
}
const used = () => {
  const object = coroutine(function* work() {})()
  object.next()
  return object
}

const AT_ONCE: Row[] = [
  [
    'result() of a pending future',
    (l) => l.createFuture().result(),
    InvalidStateError,
    /Result is not set/,
    /await the future, or ask done\(\)/,
  ],
  [
    'exception() of a pending future',
    (l) => l.createFuture().exception(),
    InvalidStateError,
    /Exception is not set/,
    /await the future, or ask done\(\)/,
  ],
  [
    'setResult() twice',
    (l) => finished(l).setResult(2),
    InvalidStateError,
    /<Future finished result=1> is done already/,
    /ask done\(\) before/,
  ],
  [
    'setException() of a done future',
    (l) => finished(l).setException(new Error()),
    InvalidStateError,
    /done already/,
    /ask done\(\) before/,
  ],
  [
    'setException() with a string',
    (l) => l.createFuture().setException('oops' as never),
    TypeError,
    /not 'oops'/,
    /takes an Error or a class of errors/,
  ],
  [
    'setResult() of a task',
    (l) => (l.createTask(function* () {}) as Future<void>).setResult(),
    RuntimeError,
    /does not support setResult/,
    /what its coroutine returns/,
  ],
  [
    'setException() of a task',
    (l) => (l.createTask(function* () {}) as Future<void>).setException(new Error()),
    RuntimeError,
    /does not support setException/,
    /what its coroutine throws/,
  ],
  [
    'addDoneCallback() without a function',
    (l) => l.createFuture().addDoneCallback(1 as never),
    TypeError,
    /addDoneCallback/,
    /takes a function/,
  ],
  [
    'a list of a pending future',
    (l) => [...(l.createFuture() as Iterable<unknown>)],
    RuntimeError,
    /is pending/,
    /yield\* waits for it/,
  ],
  [
    'createTask() of a promise',
    (l) => l.createTask(Promise.resolve() as never),
    TypeError,
    /running already/,
    /Pass the function instead: createTask\(\(\) => work\(\)\)/,
  ],
  [
    'createTask() of a future',
    (l) => l.createTask(l.createFuture() as never),
    TypeError,
    /got <Future pending>.*runs already/,
    /await it, or gather it/,
  ],
  [
    'createTask() of nothing',
    (l) => l.createTask(undefined as never),
    TypeError,
    /got undefined/,
    /A coroutine or a function that returns one/,
  ],
  [
    'createTask() on a closed loop',
    (l) => closed(l).createTask(function* () {}),
    RuntimeError,
    /Event loop is closed/,
    /make a new one/,
  ],
  [
    'callSoon() on a closed loop',
    (l) => closed(l).callSoon(() => 1),
    RuntimeError,
    /Event loop is closed/,
    /make a new one/,
  ],
  [
    'callLater() on a closed loop',
    (l) => closed(l).callLater(1, () => 1),
    RuntimeError,
    /Event loop is closed/,
    /make a new one/,
  ],
  ['turn() of a closed loop', (l) => closed(l).turn(), RuntimeError, /Event loop is closed/, /make a new one/],
  [
    'callSoon() without a function',
    (l) => l.callSoon('code' as never),
    TypeError,
    /got 'code'/,
    /callSoon takes a function/,
  ],
  ['callLater() after NaN', (l) => l.callLater(NaN, () => 1), ValueError, /delay is NaN/, /give a number of seconds/],
  ['callAt() at NaN', (l) => l.callAt(NaN, () => 1), ValueError, /when is NaN/, /give a number of seconds/],
  [
    'callLater() after nothing',
    (l) => l.callLater(undefined as never, () => 1),
    TypeError,
    /got undefined/,
    /a number of seconds/,
  ],
  [
    'setExceptionHandler() with an object',
    (l) => l.setExceptionHandler({} as never),
    TypeError,
    /got <Object>/,
    /a function or null/,
  ],
  [
    'setTaskFactory() with a number',
    (l) => l.setTaskFactory(1 as never),
    TypeError,
    /task factory/,
    /a function or null/,
  ],
  [
    'setEventLoop() with an object',
    () => setEventLoop({} as never),
    TypeError,
    /setEventLoop/,
    /takes an event loop, or null/,
  ],
  [
    'a coroutine stepped again',
    () => used().next(),
    RuntimeError,
    /cannot reuse already awaited coroutine work\(\)/,
    /call the function again/,
  ],
  ['coroutine() of nothing', () => coroutine(undefined as never), TypeError, /coroutine\(\)/, /takes a function\*/],
  [
    'coroutine() of an async function',
    () => coroutine((async () => 1) as never)(),
    TypeError,
    /is not one/,
    /an async function needs no wrapper/,
  ],
  [
    'a context entered twice',
    () => {
      const c = new Context()
      c.run(() => c.run(() => 1))
    },
    RuntimeError,
    /already entered/,
    /context\.copy\(\)\.run/,
  ],
  ['a variable without a value', () => new ContextVar('v').get(), LookupError, /'v' has no value here/, /no default/],
  [
    'a token used twice',
    () =>
      new Context().run(() => {
        const v = new ContextVar<number>('v')
        const t = v.set(1)
        v.reset(t)
        v.reset(t)
      }),
    RuntimeError,
    /already been used/,
    /once/,
  ],
  ['an empty group', () => new ExceptionGroup('g', []), ValueError, /ExceptionGroup/, /at least one error/],
  [
    'a group split by a string',
    () => new ExceptionGroup('g', [1]).split('x' as never),
    TypeError,
    /Give/,
    /an error class, an array of error classes, or a predicate/,
  ],
]

/** What a coroutine is told at its await. */
const AT_THE_AWAIT: [what: string, body: (loop: ManualLoop) => Coroutine<unknown>, wrong: RegExp, advice: RegExp][] = [
  [
    'the task itself',
    function* () {
      yield* currentTask()!
    },
    /cannot await on itself/,
    /Task/,
  ],
  [
    'a future of another loop',
    function* () {
      yield* new ManualLoop().createFuture()
    },
    /different loop/,
    /in a task of its own loop/,
  ],
  [
    'yield of a future',
    function* (l) {
      yield l.createFuture()
    },
    /yield was used instead of yield\*/,
    /Write yield\*/,
  ],
  [
    'yield of a coroutine',
    function* () {
      yield sleep(1)
    },
    /yield was used instead of yield\*/,
    /Write yield\*/,
  ],
  [
    'yield of a promise',
    function* () {
      yield Promise.resolve() as never
    },
    /yielded a promise/,
    /wrapFuture\(promise\)/,
  ],
  [
    'yield of a number',
    function* () {
      yield 1 as never
    },
    /bad yield: 1/,
    /Write yield\* with something awaitable/,
  ],
]

describe('misuse', () => {
  test.each(AT_ONCE)(
    'of %s is answered at the call, with what is wrong and what to do',
    (_what, act, type, wrong, advice) => {
      const loop = new ManualLoop()
      const error = thrownBy(() => act(loop))
      expect(error).toBeInstanceOf(type)
      expect(error.message).toMatch(wrong)
      expect(error.message).toMatch(advice)
    },
  )

  test.each(AT_THE_AWAIT)(
    'by awaiting %s is answered at the await, with what is wrong and what to do',
    async (_what, body, wrong, advice) => {
      const loop = new ManualLoop()
      const error = await runManually(function* () {
        const task = new Task(() => body(loop))
        try {
          yield* task
        } catch (caught) {
          return caught
        }
        return null
      }, loop)
      expect(error).toBeInstanceOf(RuntimeError)
      expect((error as Error).message).toMatch(wrong)
      expect((error as Error).message).toMatch(advice)
    },
  )

  test('of a second running loop is answered with what is wrong', () => {
    setRunningLoop(new ManualLoop())
    try {
      expect(thrownBy(() => setRunningLoop(new ManualLoop())).message).toContain('another loop is running')
    } finally {
      setRunningLoop(null)
    }
  })

  test('throws errors that a program can tell apart by code', () => {
    const codes = AT_ONCE.map(([, act]) => thrownBy(() => act(new ManualLoop())))
      .filter((error) => error.constructor !== TypeError)
      .map((error) => error.code)
    expect(codes.every((code) => typeof code === 'string' && code.startsWith('ERR_ASYNCIO_'))).toBe(true)
  })

  test('leaves nothing scheduled and nobody waiting', () => {
    for (const [what, act] of AT_ONCE) {
      const loop = new ManualLoop()
      const before = loop.isClosed()
      thrownBy(() => act(loop))
      if (/closed|Exception\(\) of a task|Result\(\) of a task/.test(what)) continue
      expect([what, loop.nextTimeout(), before]).toEqual([what, null, false])
    }
  })
})
