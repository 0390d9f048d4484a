# The deadline moves in both directions; before and after the scope that is an error.
async def main():
    limit = asyncio.timeout(1)
    try:
        limit.reschedule(2)
    except RuntimeError as error:
        trace(error)
    try:
        async with limit:
            limit.reschedule(3)
            await asyncio.sleep(2)
            trace("still here")
            limit.reschedule(None)
            await asyncio.sleep(5)
            trace("no limit", limit.when())
            limit.reschedule(loop.time() - 1)
            trace("overdue, not struck inside the call")
            await asyncio.sleep(1)
    except TimeoutError as error:
        trace(error)
    try:
        limit.reschedule(20)
    except RuntimeError as error:
        trace(error)
