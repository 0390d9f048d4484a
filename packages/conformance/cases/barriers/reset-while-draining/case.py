# A reset after the last has come: those who have not left yet get the error, newcomers wait until they have.
async def main():
    barrier = asyncio.Barrier(3)

    async def worker(n):
        try:
            trace(n, await barrier.wait())
        except asyncio.BrokenBarrierError as error:
            trace(n, error)

    tasks = [asyncio.create_task(worker(n)) for n in range(2)]
    await asyncio.sleep(1)
    trace("main", await barrier.wait())
    await barrier.reset()
    trace("reset", barrier.n_waiting, barrier.broken)
    await asyncio.gather(*tasks)
    await asyncio.gather(*[worker(n) for n in (10, 11, 12)])
    trace(barrier.n_waiting, barrier.broken)
