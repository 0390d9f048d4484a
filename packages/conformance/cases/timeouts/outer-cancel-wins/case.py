# A cancel from outside at the same time is no timeout.
async def main():
    async def worker():
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(10)
        except BaseException as error:
            trace(error, asyncio.current_task().cancelling())
            raise

    task = asyncio.create_task(worker())
    loop.call_later(1, task.cancel, "outside")
    await asyncio.wait([task])
    trace(task.cancelled())
