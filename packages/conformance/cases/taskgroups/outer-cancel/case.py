# A cancel from outside cancels the tasks, waits for them, and goes on as a CancelledError.
async def main():
    async def worker(n):
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(n)
            trace("out", n)

    async def grouped():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(worker(1))
            tg.create_task(worker(2))

    task = asyncio.create_task(grouped())
    await asyncio.sleep(1)
    task.cancel("outside")
    await asyncio.sleep(0.5)
    task.cancel("again")
    trace(await asyncio.gather(task, return_exceptions=True), task.cancelling())
