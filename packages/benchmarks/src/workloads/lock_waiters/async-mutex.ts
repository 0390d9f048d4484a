import { Mutex } from 'async-mutex'
import { waiters } from './waiters.ts'

export default waiters(() => new Mutex())
