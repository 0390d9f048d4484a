import trio


async def workload(n, width):
    count = 0

    async def one():
        nonlocal count
        count += 1

    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(one)
    return count
