"""Trio cancels a whole nursery at once: there is no handle on one task."""
import trio


async def workload(n, width):
    count = 0

    async def nap():
        nonlocal count
        try:
            await trio.sleep(100)
        except trio.Cancelled:
            count += 1
            raise

    async with trio.open_nursery() as nursery:
        for _ in range(n):
            nursery.start_soon(nap)
        await trio.sleep(0)
        nursery.cancel_scope.cancel()
    return count
