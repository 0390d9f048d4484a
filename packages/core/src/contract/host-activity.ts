/**
 * What a loop still expects from its host, for loops that jump over the time in which nothing happens.
 *
 * - `busy`: something will come by itself, such as an answer, or bytes on their way to a connection that reads.
 * - `open`: something may come or not: a connection, a pipe or a child is open.
 * - `none`: nothing will come. A server that nobody connects to is no reason to wait.
 */
export type HostActivity = 'none' | 'open' | 'busy'
