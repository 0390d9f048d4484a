# A body that swallows the CancelledError returns; expired tells, and the count is restored.
async def main():
    async with asyncio.timeout(1) as limit:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            trace("swallowed")
    trace(limit.expired(), asyncio.current_task().cancelling())
    await asyncio.sleep(1)
    trace("alive")
