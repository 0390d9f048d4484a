import { describe, expect, test } from 'vitest'
import { explore } from '../src/index.ts'
import { programs } from './programs/index.ts'

/** The long run, with 10,000 schedules of each, is `npm run explore -w packages/testing`. */
const SCHEDULES = 200

describe.each(Object.entries(programs))('every schedule of %s', (_package, explored) => {
  test.each(explored.map((each) => [each.title, each] as const))('%s', async (_title, { main, cancels, network }) => {
    const { schedules } = await explore(main, { schedules: SCHEDULES, cancels, network })
    expect(schedules).toBe(SCHEDULES)
  })
})
