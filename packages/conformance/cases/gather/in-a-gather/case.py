# Cancelling a whole of wholes cancels the innermost, and waits for them.
async def main():
    async def worker(n):
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(n)
            trace(n, "unwound")

    outer = asyncio.gather(asyncio.gather(worker(1), worker(2)), worker(3))
    await asyncio.sleep(1)
    trace(outer.cancel("why"), outer.done())
    try:
        await outer
    except asyncio.CancelledError as error:
        trace(error, outer.cancelled())
    trace(outer.cancel())
