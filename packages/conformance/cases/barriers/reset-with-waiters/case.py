# Reset throws out whoever waits; who comes then fills the barrier anew.
async def main():
    barrier = asyncio.Barrier(3)

    async def worker(n):
        try:
            trace(n, await barrier.wait())
        except asyncio.BrokenBarrierError as error:
            trace(n, error)

    tasks = [asyncio.create_task(worker(n)) for n in range(2)]
    await asyncio.sleep(0)
    await barrier.reset()
    trace("reset", barrier.n_waiting, barrier.broken)
    tasks += [asyncio.create_task(worker(n)) for n in (10, 11, 12)]
    await asyncio.gather(*tasks)
    trace(barrier.n_waiting, barrier.broken)
