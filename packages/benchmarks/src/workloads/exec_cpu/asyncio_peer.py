import asyncio
from concurrent.futures import ThreadPoolExecutor

pool = None


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def call():
    return fibonacci(27) == 196418


async def workload(n, threads):
    global pool
    pool = pool or ThreadPoolExecutor(threads)
    loop = asyncio.get_running_loop()
    return sum(await asyncio.gather(*[loop.run_in_executor(pool, call) for _ in range(n)]))
