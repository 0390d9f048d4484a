# A limit of zero does not strike a body that never awaits; it strikes at the first await that waits.
async def main():
    async with asyncio.timeout(0) as limit:
        trace("ran")
    trace(limit.expired())
    try:
        async with asyncio.timeout(-1):
            trace("ran too")
            await asyncio.sleep(0)
            trace("one turn")
            await asyncio.sleep(1)
    except TimeoutError as error:
        trace(error)
