import asyncio


async def one():
    return 1


async def workload(n, width):
    return sum(await asyncio.gather(*[one() for _ in range(n)]))
