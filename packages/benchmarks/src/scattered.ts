/** A delay between 0 and 100 ms, scattered evenly over `i` and the same in every peer. */
export const scatteredMs = (i: number): number => ((i * 7919) % 1000) / 10
