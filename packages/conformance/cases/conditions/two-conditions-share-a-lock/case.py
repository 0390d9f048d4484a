# A lock can be shared; each condition has waiters of its own.
async def main():
    lock = asyncio.Lock()
    one = asyncio.Condition(lock)
    two = asyncio.Condition(lock)

    async def waiter(name, cond):
        async with cond:
            await cond.wait()
            trace(name)

    a = asyncio.create_task(waiter("one", one))
    b = asyncio.create_task(waiter("two", two))
    await asyncio.sleep(0)
    async with lock:
        two.notify()
    await asyncio.sleep(1)
    async with one:
        trace(two.locked())
        one.notify()
    await asyncio.gather(a, b)
