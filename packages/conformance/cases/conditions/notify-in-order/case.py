# notify(n) wakes the n that waited longest; they take the lock one after the other.
async def main():
    cond = asyncio.Condition()

    async def waiter(n):
        async with cond:
            trace(n, await cond.wait(), cond.locked())

    tasks = [asyncio.create_task(waiter(n)) for n in range(4)]
    await asyncio.sleep(0)
    async with cond:
        cond.notify(2)
        trace("notified")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("rest")
    async with cond:
        cond.notify_all()
    await asyncio.gather(*tasks)
