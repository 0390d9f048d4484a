# A cancelled waiter does not use a notification up, and wakes another when it unwinds: one may wake for nothing.
async def main():
    cond = asyncio.Condition()

    async def waiter(n):
        async with cond:
            try:
                await cond.wait()
                trace(n, "notified")
            except asyncio.CancelledError:
                trace(n, "cancelled", cond.locked())
                raise

    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    async with cond:
        tasks[0].cancel()
        cond.notify(1)
    await asyncio.sleep(1)
    trace([task.done() for task in tasks])
    async with cond:
        cond.notify(1)
    trace(await asyncio.gather(*tasks, return_exceptions=True), cond.locked())
