# A group that waits for its tasks survives further cancels of its task, and raises the first in the end.
async def main():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(5)
            trace("child unwound")

    async def worker():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(stubborn())

    task = asyncio.create_task(worker())
    await asyncio.sleep(1)
    task.cancel("one")
    await asyncio.sleep(1)
    task.cancel("two")
    trace(task.done(), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        trace(error, task.cancelling())
