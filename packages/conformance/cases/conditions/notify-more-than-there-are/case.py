# A notification that finds nobody is lost; a count above the number of waiters wakes them all.
async def main():
    cond = asyncio.Condition()

    async def waiter(n):
        async with cond:
            await cond.wait()
            trace(n)

    async with cond:
        cond.notify(5)
        cond.notify_all()
        cond.notify(0)
    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(1)
    async with cond:
        cond.notify(0)
    await asyncio.sleep(1)
    trace([task.done() for task in tasks])
    async with cond:
        cond.notify(10)
    await asyncio.gather(*tasks)
