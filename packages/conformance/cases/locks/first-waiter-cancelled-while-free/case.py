# The release finds a cancelled waiter at the head: the wake-up goes on when that one has unwound.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()

    async def worker(name):
        try:
            async with lock:
                trace(name)
        finally:
            trace(name, "out")

    a = asyncio.create_task(worker("a"))
    b = asyncio.create_task(worker("b"))
    await asyncio.sleep(0)
    a.cancel()
    lock.release()
    trace(lock.locked())
    c = asyncio.create_task(worker("c"))
    for n in range(4):
        await asyncio.sleep(0)
        trace("turn", n)
    trace(await asyncio.gather(a, b, c, return_exceptions=True))
