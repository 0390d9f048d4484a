# A task that is cancelled when the barrier is full already leaves with its CancelledError; the barrier drains all the same.
async def main():
    barrier = asyncio.Barrier(3)

    async def worker(n):
        try:
            trace(n, await barrier.wait())
        except asyncio.CancelledError:
            trace(n, "cancelled", barrier.broken)
            raise

    tasks = [asyncio.create_task(worker(n)) for n in range(2)]
    await asyncio.sleep(1)
    await barrier.wait()
    tasks[0].cancel()
    trace(await asyncio.gather(*tasks, return_exceptions=True))
    trace(barrier.n_waiting, barrier.broken)
    await asyncio.gather(*[worker(n) for n in (10, 11, 12)])
