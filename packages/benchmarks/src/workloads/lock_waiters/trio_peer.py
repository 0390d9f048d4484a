import trio


async def workload(n, width):
    lock = trio.Lock()
    count = 0

    async def passing():
        nonlocal count
        await lock.acquire()
        lock.release()
        count += 1

    await lock.acquire()
    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(passing)
        await trio.sleep(0)
        lock.release()
    return count
