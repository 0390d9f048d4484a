# With errors, a cancel from outside is delivered again at the next await, and the count is stable.
async def main():
    async def fail():
        try:
            await asyncio.sleep(10)
        finally:
            raise ValueError("while cancelled")

    async def grouped():
        try:
            async with asyncio.TaskGroup() as tg:
                tg.create_task(fail())
                await asyncio.sleep(10)
        except ExceptionGroup as group:
            trace(group, asyncio.current_task().cancelling())
        await asyncio.sleep(1)
        trace("never")

    task = asyncio.create_task(grouped())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    trace(task.cancelled(), task.cancelling())
