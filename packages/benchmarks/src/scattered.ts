/** A delay between 0 and 100 ms, scattered evenly over `i` and the same in every peer. */
export const scatteredMs = (i: number): number => ((i * 7919) % 1000) / 10

/** The delay of a timer of which nine in ten are called off: those are far away, so that none fires before it is. */
export const timerMs = (i: number): number => scatteredMs(i) + (isCalledOff(i) ? 10_000 : 0)

export const isCalledOff = (i: number): boolean => i % 10 !== 0
