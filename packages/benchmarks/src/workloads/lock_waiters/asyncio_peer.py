import asyncio


async def passing(lock):
    await lock.acquire()
    lock.release()
    return 1


async def workload(n, width):
    lock = asyncio.Lock()
    await lock.acquire()
    waiting = [asyncio.create_task(passing(lock)) for _ in range(n)]
    await asyncio.sleep(0)
    lock.release()
    return sum(await asyncio.gather(*waiting))
