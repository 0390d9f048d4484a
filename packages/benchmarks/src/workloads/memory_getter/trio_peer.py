import trio


async def workload(n, when_asleep):
    _send, receive = trio.open_memory_channel(0)
    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(receive.receive)
        await trio.sleep(0)
        when_asleep()
        count = len(nursery.child_tasks)
        nursery.cancel_scope.cancel()
    return count
