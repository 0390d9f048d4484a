import trio


async def workload(n, width):
    count = 0

    async def nap(seconds):
        nonlocal count
        await trio.sleep(seconds)
        count += 1

    async with trio.open_nursery() as nursery:
        for i in range(n):
            nursery.start_soon(nap, i * 7919 % 1000 / 10000)
    return count
