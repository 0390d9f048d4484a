import asyncio


async def workload(n, width):
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def echo():
        for _ in range(n):
            await back.put(await there.get() + 1)

    task = asyncio.create_task(echo())
    count = 0
    for _ in range(n):
        await there.put(count)
        count = await back.get()
    await task
    return count
