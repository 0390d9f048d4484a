export { default } from '../sem_limited/p-queue.ts'
