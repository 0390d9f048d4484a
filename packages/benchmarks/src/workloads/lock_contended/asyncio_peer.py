import asyncio


async def hold(lock, holds):
    for _ in range(holds):
        await lock.acquire()
        await asyncio.sleep(0)
        lock.release()
    return holds


async def workload(n, tasks):
    lock = asyncio.Lock()
    return sum(await asyncio.gather(*[hold(lock, n // tasks) for _ in range(tasks)]))
