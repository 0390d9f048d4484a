import { describe, expect, test } from 'vitest'
import { explore } from '../src/index.ts'
import { programs } from './programs/index.ts'

/** More in a long run: `EXPLORE=10000 npm test -w packages/testing`, or `npm run explore -w packages/testing`. */
const SCHEDULES = Number(process.env['EXPLORE'] ?? 200)

describe.each(Object.entries(programs))('every schedule of %s', (_package, explored) => {
  test.each(explored.map((each) => [each.title, each] as const))('%s', async (_title, { main, cancels, network }) => {
    const { schedules } = await explore(main, { schedules: SCHEDULES, cancels, network })
    expect(schedules).toBe(SCHEDULES)
  })
})
