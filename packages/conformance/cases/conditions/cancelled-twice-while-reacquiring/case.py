# Cancels that arrive while the lock is taken again are kept, and the last one is raised.
async def main():
    cond = asyncio.Condition()

    async def waiter():
        async with cond:
            try:
                await cond.wait()
            except asyncio.CancelledError as error:
                trace(error, cond.locked())
                raise

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    await cond.acquire()
    task.cancel("one")
    await asyncio.sleep(0)
    task.cancel("two")
    await asyncio.sleep(0)
    task.cancel("three")
    await asyncio.sleep(0)
    trace("main releases", task.cancelling())
    cond.release()
    trace(await asyncio.gather(task, return_exceptions=True))
