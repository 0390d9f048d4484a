import { describe, expect, it } from 'vitest'
import { definitions, givenNames, nameKeepersIn } from '../src/given-names.ts'

describe('givenNames', () => {
  it('knows what a worker gives by the names that compilers write for an import', () => {
    const source = '() => (0, executors_1.transfer)(bytes, [(0,n.executorSignal)()])'
    expect(Object.fromEntries(givenNames(source, []))).toMatchObject({
      executors_1: '{ executorSignal, transfer }',
      n: '{ executorSignal, transfer }',
    })
  })

  it('leaves a method of the same name alone', () => {
    expect([...givenNames('() => bank.transfer(1, 2)', []).keys()]).not.toContain('bank')
  })

  it('defines what the worker knows by another name, and nothing else', () => {
    expect(definitions(givenNames('() => 1', []))).toBe('')
    expect(definitions(givenNames('() => r(() => 1, "a")', ['r']))).toBe('const r = __name\n')
  })
})

describe('nameKeepersIn', () => {
  it.each([
    ['r(e=>e,"inner")', ['r']],
    ['r((e,t)=>e,"inner")', ['r']],
    ['r(async e=>e,"inner")', ['r']],
    ['r(function(e){return e},"inner")', ['r']],
    ['function o(){}r(o,"other")', ['r']],
    ['class a{static{$(this,"Shop")}}', ['$']],
    ['listen(e=>e,"inner")', []],
    ['a.r(e=>e,"inner")', []],
    ['r("inner")', []],
  ])('of %s', (source, expected) => {
    expect([...nameKeepersIn(source)]).toEqual(expected)
  })
})
