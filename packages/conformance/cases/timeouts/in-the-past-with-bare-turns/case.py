# A deadline that has passed strikes at the first bare turn; how long ago it passed does not matter.
async def main():
    await asyncio.sleep(5)
    for limit in (0, -1):
        try:
            async with asyncio.timeout(limit):
                await asyncio.sleep(0)
                trace("one turn")
                await asyncio.sleep(0)
                trace("two turns")
                await asyncio.sleep(1)
                trace("never")
        except TimeoutError as error:
            trace(error)
    try:
        async with asyncio.timeout_at(1):
            await asyncio.sleep(1)
    except TimeoutError as error:
        trace(error)
