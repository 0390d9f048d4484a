// Workers do not inherit tsx: this is what --import tsx is to a process.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
