# Who comes while the barrier drains waits until all have left.
async def main():
    barrier = asyncio.Barrier(2)

    async def worker(n):
        place = await barrier.wait()
        trace(n, place)

    tasks = [asyncio.create_task(worker(n)) for n in range(4)]
    await asyncio.sleep(0)
    trace("waiting", barrier.n_waiting)
    await asyncio.sleep(0)
    trace("waiting", barrier.n_waiting)
    await asyncio.gather(*tasks)
    trace("waiting", barrier.n_waiting)
