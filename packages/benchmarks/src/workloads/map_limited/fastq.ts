export { default } from '../sem_limited/fastq.ts'
