/** The size of a message that is echoed. */
export const echoBytes = 1024
