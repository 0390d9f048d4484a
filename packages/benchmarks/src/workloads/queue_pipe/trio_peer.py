import trio


async def workload(n, maxsize):
    send, receive = trio.open_memory_channel(maxsize)

    async def produce():
        for _ in range(n):
            await send.send(1)

    count = 0
    async with trio.open_nursery() as nursery:
        nursery.start_soon(produce)
        for _ in range(n):
            count += await receive.receive()
    return count
