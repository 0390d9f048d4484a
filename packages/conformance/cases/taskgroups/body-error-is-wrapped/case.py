# An error of the body cancels the tasks and is wrapped, even alone.
async def main():
    async def worker():
        try:
            await asyncio.sleep(10)
        finally:
            trace("worker out")

    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(worker())
            await asyncio.sleep(1)
            raise ValueError("body")
    except ExceptionGroup as group:
        trace(group)
