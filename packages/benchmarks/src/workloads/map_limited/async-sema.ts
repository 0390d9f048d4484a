export { default } from '../sem_limited/async-sema.ts'
