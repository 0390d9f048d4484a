# A limit that begins while a cancel is still to be delivered does not hide that cancel.
async def main():
    async def work():
        asyncio.current_task().cancel()
        try:
            async with asyncio.timeout(0):
                await asyncio.sleep(1)
        except TimeoutError:
            trace("timed out", asyncio.current_task().cancelling())
            raise

    task = asyncio.create_task(work())
    await asyncio.wait([task])
    trace(task.cancelled())
    if not task.cancelled():
        trace(task.exception())
