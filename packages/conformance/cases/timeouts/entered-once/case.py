# A timeout is entered once, and only its own scope can be moved.
async def main():
    limit = asyncio.timeout(1)
    trace(limit.when(), limit.expired())
    async with limit:
        await asyncio.sleep(0.5)
        trace(limit.when())
    try:
        async with limit:
            trace("never")
    except RuntimeError as error:
        trace(error)
    try:
        limit.reschedule(5)
    except RuntimeError as error:
        trace(error)
    for wrong in (lambda: asyncio.timeout("soon"),):
        try:
            async with wrong():
                trace("never")
        except TypeError as error:
            trace(error)
