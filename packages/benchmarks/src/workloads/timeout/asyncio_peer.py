import asyncio


async def workload(n, turns):
    count = 0
    for _ in range(n):
        async with asyncio.timeout(10):
            for _ in range(turns):
                await asyncio.sleep(0)
            count += 1
    return count
