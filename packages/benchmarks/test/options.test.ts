import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/catalogue.ts'
import { parseOptions } from '../src/options.ts'
import { peers } from '../src/peers.ts'

const names = (things: readonly { name: string }[]): string[] => things.map(({ name }) => name)

describe('parseOptions', () => {
  it('asks for everything when nothing is said', () => {
    const options = parseOptions([])
    expect(options.workloads).toEqual(catalogue)
    expect(options.peers).toEqual(peers)
    expect([options.turns, options.rounds, options.node]).toEqual([3, 5, process.execPath])
  })

  it('takes the workloads and peers that are named, in the order of the catalogue', () => {
    const options = parseOptions(['--only', 'cancel,switch', '--peers', 'effect,yield*'])
    expect(names(options.workloads)).toEqual(['switch', 'cancel'])
    expect(options.peers.map(({ label }) => label)).toEqual(['yield*', 'effect'])
  })

  it('takes whole chapters, and of those the workloads that are named', () => {
    expect(names(parseOptions(['--chapters', 'processes']).workloads)).toEqual(['spawn', 'cat'])
    expect(names(parseOptions(['--chapters', 'processes', '--only', 'cat,switch']).workloads)).toEqual(['cat'])
  })

  it.each([
    ['--only', 'swich'],
    ['--peers', 'efect'],
    ['--chapters', 'networks'],
  ])('lists what there is when %s names something unknown', (option, name) => {
    expect(() => parseOptions([option, name])).toThrow(new RegExp(`^unknown: ${name}\\. There are: \\S+, `))
  })

  it.each(['0', '-1', '1.5', 'many', ''])('refuses %j turns', (turns) => {
    expect(() => parseOptions([`--turns=${turns}`])).toThrow(`--turns takes a whole number above 0, not '${turns}'`)
  })

  it('refuses an option that it does not know', () => {
    expect(() => parseOptions(['--fast'])).toThrow(/--fast/)
  })

  it('does one round of each in a quick run, and keeps it out of the docs', () => {
    const { turns, rounds } = parseOptions(['--quick', '--turns', '9', '--rounds', '9'])
    expect([turns, rounds]).toEqual([1, 1])
    expect(() => parseOptions(['--quick', '--docs'])).toThrow(/leave out --docs/)
  })
})
