# First come, first served, also across releases in one turn.
async def main():
    lock = asyncio.Lock()

    async def worker(n):
        async with lock:
            trace(n)
            await asyncio.sleep(1)

    await asyncio.gather(*[worker(n) for n in range(4)])
    trace(lock.locked())
