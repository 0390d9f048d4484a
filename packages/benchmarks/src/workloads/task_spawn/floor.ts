import { sum, times } from '../../times.ts'

const one = async (): Promise<number> => 1

export default async (n: number): Promise<number> => sum(await Promise.all(times(n, one)))
