import trio


async def workload(n, tasks):
    lock = trio.Lock()
    count = 0

    async def hold():
        nonlocal count
        for _ in range(n // tasks):
            await lock.acquire()
            await trio.sleep(0)
            lock.release()
            count += 1

    async with trio.open_nursery() as nursery:
        for _ in range(tasks):
            nursery.start_soon(hold)
    return count
