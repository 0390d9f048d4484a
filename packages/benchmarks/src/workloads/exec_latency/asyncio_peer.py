import asyncio
from concurrent.futures import ThreadPoolExecutor

pool = None


def call():
    return 1


async def workload(n, threads):
    global pool
    pool = pool or ThreadPoolExecutor(threads)
    loop = asyncio.get_running_loop()
    total = 0
    for _ in range(n):
        total += await loop.run_in_executor(pool, call)
    return total
