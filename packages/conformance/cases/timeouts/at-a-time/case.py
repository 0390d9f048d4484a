# timeout_at takes a time of the loop's clock; one that is past strikes at the first await; None never does.
async def main():
    await asyncio.sleep(5)
    for when in (loop.time() + 1, loop.time() - 1, None):
        try:
            async with asyncio.timeout_at(when) as limit:
                trace(limit.when() == when, limit.expired())
                await asyncio.sleep(2)
                trace("slept")
        except TimeoutError as error:
            trace(error, limit.expired())
    try:
        async with asyncio.timeout(-1):
            trace("in the body")
            await asyncio.sleep(0)
            trace("first turn")
            await asyncio.sleep(0)
            trace("never")
    except TimeoutError as error:
        trace(error)
