# With return_exceptions errors and cancels are results like any other.
async def main():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)

    async def cancelled():
        raise asyncio.CancelledError("mine")

    outer = asyncio.gather(asyncio.sleep(2, "slow"), fail(1), cancelled(), return_exceptions=True)
    trace(outer.done())
    trace(await outer)
    trace(await asyncio.gather(), await asyncio.gather(return_exceptions=True))
    trace(asyncio.gather().done())
