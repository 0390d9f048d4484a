import { Future } from '../futures/future.ts'

/** A future that only a frame knows: an error that it does not deliver is none of its business to report. */
export class QuietFuture extends Future<unknown> {
  protected override _watch(): null {
    return null
  }
}
