# No more than the value are inside at a time, and they enter in order.
async def main():
    sem = asyncio.Semaphore(2)
    inside = [0]

    async def worker(n):
        async with sem:
            inside[0] += 1
            trace(n, "enters", inside[0])
            await asyncio.sleep(1 + n % 2)
            inside[0] -= 1

    await asyncio.gather(*[worker(n) for n in range(6)])
    trace(inside[0], sem.locked())
