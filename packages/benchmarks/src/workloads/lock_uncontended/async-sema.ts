import { Sema } from 'async-sema'
import { free } from './free.ts'

export default free(() => new Sema(1))
