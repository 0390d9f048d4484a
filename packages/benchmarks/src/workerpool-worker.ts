/** A thread of a workerpool. */
import workerpool from 'workerpool'
import { busyCall, one } from './pool-functions.ts'

workerpool.worker({ one, busyCall })
