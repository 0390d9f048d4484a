/** Nothing: what the host itself takes. */
export {}
