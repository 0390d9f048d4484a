import asyncio


async def workload(n, maxsize):
    queue = asyncio.Queue(maxsize)

    async def produce():
        for _ in range(n):
            await queue.put(1)

    task = asyncio.create_task(produce())
    count = 0
    for _ in range(n):
        count += await queue.get()
    await task
    return count
