import asyncio


async def nap():
    await asyncio.sleep(100)


async def workload(n, width):
    tasks = [asyncio.create_task(nap()) for _ in range(n)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    return sum(isinstance(result, asyncio.CancelledError) for result in results)
