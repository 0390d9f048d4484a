# A cancel that is first noticed while the group waits for its tasks does not replace the error of the body.
async def main():
    async def worker():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(asyncio.sleep(10))
            asyncio.current_task().cancel()
            raise ValueError("body")

    task = asyncio.create_task(worker())
    try:
        await task
    except Exception as error:
        trace(error, task.cancelled(), task.cancelling())
