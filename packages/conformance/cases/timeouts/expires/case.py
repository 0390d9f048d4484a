# The body is cancelled, and the caller gets a TimeoutError with the count restored.
async def main():
    try:
        async with asyncio.timeout(1) as limit:
            trace(limit.when(), limit.expired())
            try:
                await asyncio.sleep(10)
            finally:
                trace("body out", limit.expired(), asyncio.current_task().cancelling())
    except TimeoutError as error:
        trace(error, limit.expired(), asyncio.current_task().cancelling())
    async with asyncio.timeout(None) as limit:
        trace(limit.when())
        await asyncio.sleep(5)
    trace(limit.expired())
