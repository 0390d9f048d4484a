import { Mutex } from 'async-mutex'
import { free } from './free.ts'

export default free(() => new Mutex())
