import asyncio


async def job(semaphore):
    async with semaphore:
        await asyncio.sleep(0)
        return 1


async def workload(n, limit):
    semaphore = asyncio.Semaphore(limit)
    return sum(await asyncio.gather(*[job(semaphore) for _ in range(n)]))
