import { PromiseLock } from '../../promise-lock.ts'
import { free } from './free.ts'

export default free(() => new PromiseLock())
