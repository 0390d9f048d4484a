# An abort after the last has come: those who have not left yet get the error.
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
    await barrier.abort()
    trace("aborted", barrier.broken)
    await asyncio.gather(*tasks)
    trace(barrier.n_waiting, barrier.broken)
