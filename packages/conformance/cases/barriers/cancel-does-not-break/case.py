# A cancelled waiter leaves, and the barrier goes on filling.
async def main():
    barrier = asyncio.Barrier(2)

    async def worker(n):
        trace(n, await barrier.wait())

    a = asyncio.create_task(worker("a"))
    await asyncio.sleep(0)
    trace(barrier.n_waiting)
    a.cancel()
    await asyncio.sleep(1)
    trace(barrier.n_waiting, barrier.broken)
    trace(await asyncio.gather(worker("b"), worker("c")))
