import { Mutex } from 'async-mutex'
import { contended } from './contended.ts'

export default contended(() => new Mutex())
