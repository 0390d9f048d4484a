import trio


async def workload(n, width):
    lock = trio.Lock()
    count = 0
    for _ in range(n):
        await lock.acquire()
        count += 1
        lock.release()
    return count
