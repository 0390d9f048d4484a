import asyncio


async def workload(n, when_asleep):
    queue = asyncio.Queue()

    async def take():
        await queue.get()

    tasks = [asyncio.create_task(take()) for _ in range(n)]
    await asyncio.sleep(0)
    when_asleep()
    return sum(not task.done() for task in tasks)
