import { expect, test } from 'vitest'
import * as streams from '../src/index.ts'

test('streams exports these names, and no others', () => {
  expect(Object.keys(streams).sort()).toMatchInlineSnapshot(`
    [
      "FlowControlProtocol",
      "IncompleteReadError",
      "LimitOverrunError",
      "StreamReader",
      "StreamReaderProtocol",
      "StreamWriter",
      "openConnection",
      "openUnixConnection",
      "startServer",
      "startUnixServer",
    ]
  `)
})
