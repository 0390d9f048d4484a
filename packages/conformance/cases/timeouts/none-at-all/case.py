# A timeout of None never expires, and can be given a deadline later.
async def main():
    async with asyncio.timeout(None) as scope:
        trace(scope.when())
        await asyncio.sleep(10)
    trace(scope.expired())
    async with asyncio.timeout_at(None) as scope:
        trace(scope.when())
    trace(scope.expired())
    try:
        async with asyncio.timeout(None) as scope:
            scope.reschedule(loop.time() + 1)
            await asyncio.sleep(10)
    except TimeoutError as error:
        trace(error, scope.when())
    try:
        async with asyncio.timeout(1) as scope:
            scope.reschedule(None)
            await asyncio.sleep(10)
    finally:
        trace(scope.expired())
