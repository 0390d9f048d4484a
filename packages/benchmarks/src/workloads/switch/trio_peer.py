import trio


async def workload(n, tasks):
    count = 0

    async def spin(turns):
        nonlocal count
        for _ in range(turns):
            await trio.sleep(0)
        count += turns

    async with trio.open_nursery() as nursery:
        for _ in range(tasks):
            nursery.start_soon(spin, n // tasks)
    return count
