/**
 * The long run over the programs of `programs/`: `npm run explore -w packages/testing`.
 *
 * `--schedules 50000` runs more of each, `--seed 7` begins elsewhere, `--only Lock` picks programs by their titles.
 */
import { parseArgs } from 'node:util'
import { explore } from '../src/index.ts'
import { programs } from './programs/index.ts'

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const schedules = Number(values.schedules)
const seed = Number(values.seed)

for (const [name, explored] of Object.entries(programs)) {
  for (const { title, main, cancels, network } of explored) {
    if (!title.includes(values.only)) continue
    const start = performance.now()
    try {
      const { steps } = await explore(main, { schedules, seed, cancels, network })
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.log(`${name}: ${title}: ${schedules} schedules, ${steps} turns, ${seconds} s`)
    } catch (error) {
      console.error(`${name}: ${title}\n${String(error)}`)
      process.exitCode = 1
    }
  }
}
