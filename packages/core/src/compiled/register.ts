/**
 * The way of an awaited value out of a generator: the generator itself yields the number of the await, a small integer
 * that costs nothing, and whoever resumed it takes the value from here, at once.
 */
export const register: { value: unknown } = { value: undefined }
