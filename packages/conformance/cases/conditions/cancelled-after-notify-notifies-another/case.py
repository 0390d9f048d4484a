# A notification that reached a cancelled task wakes somebody else.
async def main():
    cond = asyncio.Condition()

    async def waiter(n):
        async with cond:
            try:
                await cond.wait()
                trace(n, "notified")
            except asyncio.CancelledError:
                trace(n, "cancelled")
                raise

    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    async with cond:
        cond.notify(1)
        tasks[0].cancel()
    await asyncio.sleep(1)
    trace(tasks[1].done(), tasks[2].done())
    tasks[2].cancel()
    trace(await asyncio.gather(*tasks, return_exceptions=True))
