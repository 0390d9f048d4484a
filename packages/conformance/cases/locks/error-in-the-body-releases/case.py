# A body that raises, or is cancelled, gives the lock up.
async def main():
    lock = asyncio.Lock()
    try:
        async with lock:
            raise ValueError("body")
    except ValueError as error:
        trace(error, lock.locked())

    async def holder():
        async with lock:
            await asyncio.sleep(10)

    async def next_one():
        async with lock:
            trace("next")

    a = asyncio.create_task(holder())
    b = asyncio.create_task(next_one())
    await asyncio.sleep(1)
    a.cancel()
    trace(await asyncio.gather(a, b, return_exceptions=True), lock.locked())
