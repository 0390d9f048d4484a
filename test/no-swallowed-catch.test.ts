import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { noSwallowedCatch } from '../scripts/no-swallowed-catch.js'

function problemsOf(code: string): number {
  return new Linter().verify(code, [
    {
      plugins: { asyncio: { rules: { 'no-swallowed-catch': noSwallowedCatch } } },
      rules: { 'asyncio/no-swallowed-catch': 'error' },
    },
  ]).length
}

describe('no-swallowed-catch', () => {
  it.each([
    ['an empty catch', 'try { f() } catch {}'],
    ['a catch that never looks at the error', 'try { f() } catch (error) { g() }'],
    ['a catch that only sometimes throws, whatever was caught', 'try { f() } catch { if (g()) throw new Error() }'],
    ['a callback that takes no error', 'f().catch(() => undefined)'],
    ['a function expression that takes no error', 'f().catch(function () { g() })'],
  ])('refuses %s', (_what, code) => {
    expect(problemsOf(code)).toBe(1)
  })

  it.each([
    ['a catch that looks at the error', 'try { f() } catch (error) { g(error) }'],
    ['a catch that looks at a part of it', 'try { f() } catch ({ code }) { g(code) }'],
    ['a catch that throws', 'try { f() } catch { g(); throw new Error() }'],
    ['a callback that takes the error', 'f().catch((error) => g(error))'],
    ['a callback that is defined elsewhere', 'f().catch(report)'],
  ])('accepts %s', (_what, code) => {
    expect(problemsOf(code)).toBe(0)
  })
})
