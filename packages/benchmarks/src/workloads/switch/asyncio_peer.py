import asyncio


async def spin(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    return turns


async def workload(n, tasks):
    return sum(await asyncio.gather(*[spin(n // tasks) for _ in range(tasks)]))
