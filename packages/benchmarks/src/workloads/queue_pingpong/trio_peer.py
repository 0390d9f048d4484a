import trio


async def workload(n, width):
    there, listen = trio.open_memory_channel(1)
    back, hear = trio.open_memory_channel(1)

    async def echo():
        for _ in range(n):
            await back.send(await listen.receive() + 1)

    count = 0
    async with trio.open_nursery() as nursery:
        nursery.start_soon(echo)
        for _ in range(n):
            await there.send(count)
            count = await hear.receive()
    return count
