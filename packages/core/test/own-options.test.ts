import { describe, expect, it, onTestFinished } from 'vitest'
import { ownOptions, splitOptions } from '../src/own-options.ts'

describe('ownOptions', () => {
  it('copies what the caller wrote, without what is undefined and what a prototype holds', () => {
    Reflect.set(Object.prototype, 'polluted', 1)
    onTestFinished(() => void Reflect.deleteProperty(Object.prototype, 'polluted'))
    const own = ownOptions({ a: 1, b: undefined, c: null })
    expect('polluted' in own).toBe(false)
    expect(Object.keys(own)).toEqual(['a', 'c'])
  })

  it.each([[[]], [new Date(0)], [new Map()], [null], ['x'], [5], [() => 1]])('refuses %s', (value) => {
    expect(() => ownOptions(value as object)).toThrow(TypeError)
  })

  it('names the options that there are when one is unknown', () => {
    const known = new Set(['cwd', 'env'])
    expect(ownOptions({ cwd: '/' }, known)).toEqual({ cwd: '/' })
    expect(() => ownOptions({ shell: true }, known)).toThrow("There is no option 'shell'. The options are cwd, env.")
  })
})

describe('splitOptions', () => {
  it('takes a plain object at the end for the options', () => {
    expect(splitOptions(['-l', '/', { cwd: '/' }])).toEqual({ strings: ['-l', '/'], options: { cwd: '/' } })
    expect(splitOptions<object>(['-l'])).toEqual({ strings: ['-l'], options: undefined })
    expect(splitOptions<object>([])).toEqual({ strings: [], options: undefined })
  })

  it('leaves anything else among the strings, to be refused', () => {
    const odd = [new Date(0), [], null]
    for (const value of odd) expect(splitOptions(['-l', value as never]).strings).toEqual(['-l', value])
  })
})
