"""asyncio has no bounded map: these are the workers one writes by hand, which make no task for a job."""
import asyncio


async def job(item):
    await asyncio.sleep(0)
    return item


async def workload(n, limit):
    items = iter([1] * n)
    results = []

    async def work():
        for item in items:
            results.append(await job(item))

    await asyncio.gather(*[work() for _ in range(limit)])
    return sum(results)
