import { PromiseLock } from '../../promise-lock.ts'
import { contended } from './contended.ts'

export default contended(() => new PromiseLock())
