import {
  BrokenPipeError,
  ConnectionAbortedError,
  ConnectionError,
  ConnectionRefusedError,
  ConnectionResetError,
  FileExistsError,
  FileNotFoundError,
  InvalidStateError,
  LookupError,
  NotImplementedError,
  OSError,
  PermissionError,
  ProcessLookupError,
  RuntimeError,
  TimeoutError,
  ValueError,
} from '@asyncio-ts/core'
import type { DescribedError, DescribedValue } from './worker/messages.ts'

type ErrorClass = new (message: string) => Error

/** The classes that an error of a worker can have here: those that both sides have. */
const known = new Map<string, ErrorClass>(
  [
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
    BrokenPipeError,
    ConnectionAbortedError,
    ConnectionError,
    ConnectionRefusedError,
    ConnectionResetError,
    FileExistsError,
    FileNotFoundError,
    InvalidStateError,
    LookupError,
    NotImplementedError,
    OSError,
    PermissionError,
    ProcessLookupError,
    RuntimeError,
    TimeoutError,
    ValueError,
  ].map((type) => [type.name, type]),
)

/**
 * Creates an error from its description, with message, name, fields, cause and stack.
 *
 * It is an instance of the nearest of its classes that JavaScript or core defines. Never throws: descriptions arrive in
 * events of the host, where an exception would end the process.
 */
export function reviveError(described: DescribedError): Error {
  try {
    if (!described.isValue) return revive(described, new Map())
    const value = described.fields[0]?.[1]
    const cause = value === undefined ? {} : { cause: reviveValue(value, new Map()) }
    return new RuntimeError(`The function threw ${described.message}, which is not an error.`, cause)
  } catch (cause) {
    return new RuntimeError('A worker reported an error that cannot be read.', { cause })
  }
}

function revive(described: DescribedError, revived: Map<DescribedError, Error>): Error {
  const found = revived.get(described)
  if (found !== undefined) return found
  const { classes, fields, message, name, stack } = described
  const error = newError(classes, String(message))
  revived.set(described, error)
  const label = name === error.name ? (classes[0] ?? name) : name
  if (error.name !== label) define(error, 'name', String(label), false)
  for (const [key, value] of fields) {
    define(error, key, reviveValue(value, revived), key !== 'cause' && key !== 'errors')
  }
  if (stack !== undefined) define(error, 'stack', stack, false)
  return error
}

function newError(classes: readonly string[], message: string): Error {
  for (const name of classes) {
    if (name === 'AggregateError') return new AggregateError([], message)
    const type = known.get(name)
    if (type !== undefined) return new type(message)
  }
  return new Error(message)
}

function reviveValue(value: DescribedValue, revived: Map<DescribedError, Error>): unknown {
  switch (value[0]) {
    case 'value':
      return value[1]
    case 'error':
      return revive(value[1], revived)
    case 'list':
      return value[1].map((each) => reviveValue(each, revived))
    case 'lost':
      return new TypeError(`This could not be copied from its worker. ${value[1]}`)
  }
}

function define(error: Error, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, key, { value, configurable: true, writable: true, enumerable })
}
