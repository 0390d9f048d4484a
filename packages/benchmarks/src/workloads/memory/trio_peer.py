import trio


async def workload(n, when_asleep):
    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(trio.sleep, 3600)
        await trio.sleep(0)
        when_asleep()
        count = len(nursery.child_tasks)
        nursery.cancel_scope.cancel()
    return count
