import { asyncio, trace } from '../../../src/case.ts'

export function* main(): Generator<undefined, void> {
  const variable = new asyncio.ContextVar<string>('var')
  const other = new asyncio.ContextVar<string>('other', { default: 'default' })
  for (const misuse of [() => variable.get(), () => other.reset(variable.set('set'))]) {
    try {
      misuse()
    } catch (error) {
      trace(error)
    }
  }
  trace(variable.get(), variable.get('fallback'), other.get('fallback'), other.get())
  const token = other.set('changed')
  other.reset(token)
  try {
    other.reset(token)
  } catch (error) {
    trace(error, other.get())
  }
  const context = asyncio.copyContext()
  try {
    context.run(() => context.run(() => undefined))
  } catch (error) {
    trace(error)
  }
  context.run(() => variable.set('inside'))
  trace(variable.get(), context.get(variable), context.has(variable), context.has(other))
}
