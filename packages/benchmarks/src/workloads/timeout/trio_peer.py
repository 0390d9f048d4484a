import trio


async def workload(n, turns):
    count = 0
    for _ in range(n):
        with trio.fail_after(10):
            for _ in range(turns):
                await trio.sleep(0)
            count += 1
    return count
