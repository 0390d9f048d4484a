import asyncio


async def workload(n, width):
    loop = asyncio.get_running_loop()
    count = 0

    def fired():
        nonlocal count
        count += 1

    def delay(i):
        return i * 7919 % 1000 / 10000 + (10 if i % 10 else 0)

    timers = [loop.call_later(delay(i), fired) for i in range(n)]
    for i, timer in enumerate(timers):
        if i % 10:
            timer.cancel()
            count += 1
    while count < n:
        await asyncio.sleep(0.01)
    return count
