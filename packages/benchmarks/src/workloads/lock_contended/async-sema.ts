import { Sema } from 'async-sema'
import { contended } from './contended.ts'

export default contended(() => new Sema(1))
