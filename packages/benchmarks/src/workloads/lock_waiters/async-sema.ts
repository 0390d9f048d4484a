import { Sema } from 'async-sema'
import { waiters } from './waiters.ts'

export default waiters(() => new Sema(1))
