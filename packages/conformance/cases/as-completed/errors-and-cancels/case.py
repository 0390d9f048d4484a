# What fails, or is cancelled, raises where it is awaited; the iteration goes on.
async def main():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)

    cancelled = asyncio.create_task(asyncio.sleep(10))
    loop.call_later(2, cancelled.cancel)
    slow = asyncio.create_task(asyncio.sleep(3, "slow"))
    for next_one in asyncio.as_completed([slow, cancelled, asyncio.create_task(fail(1)), slow]):
        try:
            trace(await next_one)
        except (ValueError, asyncio.CancelledError) as error:
            trace(error)
    trace(list(asyncio.as_completed([])))
