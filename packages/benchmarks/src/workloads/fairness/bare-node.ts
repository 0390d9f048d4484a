/** Nothing spins: what the echo costs by itself. */
export default async (_tasks: number, keepsOn: () => boolean): Promise<number> => {
  while (keepsOn()) await new Promise((resolve) => void setTimeout(resolve, 50))
  return 0
}
