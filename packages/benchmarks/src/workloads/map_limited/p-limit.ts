export { default } from '../sem_limited/p-limit.ts'
