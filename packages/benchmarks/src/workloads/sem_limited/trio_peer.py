import trio


async def workload(n, limit):
    limiter = trio.CapacityLimiter(limit)
    count = 0

    async def job():
        nonlocal count
        async with limiter:
            await trio.sleep(0)
            count += 1

    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(job)
    return count
