import { PromiseLock } from '../../promise-lock.ts'
import { waiters } from './waiters.ts'

export default waiters(() => new PromiseLock())
