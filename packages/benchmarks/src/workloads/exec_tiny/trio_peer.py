import trio


def call():
    return 1


async def workload(n, threads):
    total = 0
    limiter = trio.CapacityLimiter(threads)

    async def ask():
        nonlocal total
        counted = await trio.to_thread.run_sync(call, limiter=limiter)
        total += counted

    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(ask)
    return total
