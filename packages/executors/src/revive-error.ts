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
import type { DescribedError } from './worker/messages.ts'

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
 * Makes an error of what a worker told of one: with its message, its name, its fields, its cause and its stack.
 *
 * It is an instance of the nearest of its classes that JavaScript or core defines.
 */
export function reviveError(described: DescribedError): Error {
  const { classes, fields, errorFields, message, name, stack } = described
  if (described.isValue) {
    return new RuntimeError(`The function threw ${message}, which is no error.`, { cause: fields['value'] })
  }
  const type = classes.map((each) => known.get(each)).find((each) => each !== undefined)
  const error = type === undefined ? baseError(described) : new type(message)
  const label = name === error.name ? (classes[0] ?? name) : name
  if (error.name !== label) hide(error, 'name', label)
  for (const [key, value] of Object.entries(fields)) {
    const field = errorFields.includes(key) ? reviveError(value as DescribedError) : value
    if (key === 'cause' || key === 'errors') hide(error, key, field)
    else Object.defineProperty(error, key, { value: field, configurable: true, writable: true, enumerable: true })
  }
  if (stack !== undefined) hide(error, 'stack', stack)
  return error
}

function baseError({ classes, fields, message }: DescribedError): Error {
  if (classes.includes('AggregateError')) return new AggregateError(fields['errors'] as unknown[], message)
  return new Error(message)
}

function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, configurable: true, writable: true, enumerable: false })
}
