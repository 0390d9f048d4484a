/** Whether a stream is one of the process's own three, which outlive every loop. */
export function isStandardStream(stream: object): boolean {
  const { stdin, stdout, stderr } = globalThis.process
  return stream === stdin || stream === stdout || stream === stderr
}
