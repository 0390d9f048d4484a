import asyncio


async def nap():
    await asyncio.sleep(3600)


async def workload(n, when_asleep):
    tasks = [asyncio.create_task(nap()) for _ in range(n)]
    await asyncio.sleep(0)
    when_asleep()
    return sum(not task.done() for task in tasks)
