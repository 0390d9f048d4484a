# A timeout around a group cancels its tasks, and is a TimeoutError outside.
async def main():
    async def worker():
        try:
            await asyncio.sleep(10)
        finally:
            trace("out")

    try:
        async with asyncio.timeout(1):
            async with asyncio.TaskGroup() as tg:
                tg.create_task(worker())
                tg.create_task(worker())
    except TimeoutError as error:
        trace(error, asyncio.current_task().cancelling())
