import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)
    return 1


async def workload(n, width):
    return sum(await asyncio.gather(*[nap(i * 7919 % 1000 / 10000) for i in range(n)]))
