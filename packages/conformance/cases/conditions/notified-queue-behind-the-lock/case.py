# The notified take the lock after those who already waited for it.
async def main():
    cond = asyncio.Condition()

    async def waiter(n):
        async with cond:
            await cond.wait()
            trace("waiter", n)

    async def taker(n):
        async with cond:
            trace("taker", n)
            await asyncio.sleep(1)

    tasks = [asyncio.create_task(waiter(n)) for n in range(2)]
    await asyncio.sleep(0)
    await cond.acquire()
    tasks += [asyncio.create_task(taker(n)) for n in range(2)]
    await asyncio.sleep(0)
    cond.notify_all()
    await asyncio.sleep(1)
    trace("release")
    cond.release()
    await asyncio.gather(*tasks)
    trace(cond.locked())
