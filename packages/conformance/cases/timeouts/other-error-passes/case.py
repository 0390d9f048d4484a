# An error that the body raises instead of the CancelledError passes, though the limit has struck.
async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(1) as limit:
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                raise ValueError("instead")
    except ValueError as error:
        trace(error, limit.expired(), task.cancelling())
    try:
        async with asyncio.timeout(10) as limit:
            raise ValueError("before")
    except ValueError as error:
        trace(error, limit.expired())
    async with asyncio.timeout(10) as limit:
        pass
    trace(limit.expired(), limit.when())
    await asyncio.sleep(20)
    trace("not struck later")
