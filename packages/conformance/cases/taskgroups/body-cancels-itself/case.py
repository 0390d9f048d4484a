# A body that cancels its own task ends the group with a CancelledError, once the tasks have ended.
async def main():
    async def child():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(1)
            trace("child unwound")

    async def worker():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(child())
            await asyncio.sleep(1)
            asyncio.current_task().cancel("self")
            trace("cancelled, not yet told")
            await asyncio.sleep(10)
            trace("never")

    task = asyncio.create_task(worker())
    try:
        await task
    except asyncio.CancelledError as error:
        trace(error, task.cancelled(), task.cancelling())
