/** The way of an awaited value out of a generator. */
export const register: { value: unknown } = { value: undefined }
