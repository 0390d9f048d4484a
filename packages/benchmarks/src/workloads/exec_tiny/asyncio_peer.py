import asyncio
from concurrent.futures import ThreadPoolExecutor

pool = None


def call():
    return 1


async def workload(n, threads):
    global pool
    pool = pool or ThreadPoolExecutor(threads)
    loop = asyncio.get_running_loop()
    return sum(await asyncio.gather(*[loop.run_in_executor(pool, call) for _ in range(n)]))
