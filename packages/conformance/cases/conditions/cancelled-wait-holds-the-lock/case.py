# A cancelled wait takes the lock again before the CancelledError goes on.
async def main():
    cond = asyncio.Condition()

    async def waiter():
        async with cond:
            try:
                await cond.wait()
            finally:
                trace("unwinding", cond.locked())

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    await cond.acquire()
    task.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("main releases")
    cond.release()
    trace(await asyncio.gather(task, return_exceptions=True))
    trace(cond.locked())
