import trio


def call():
    return 1


async def workload(n, threads):
    total = 0
    for _ in range(n):
        total += await trio.to_thread.run_sync(call)
    return total
