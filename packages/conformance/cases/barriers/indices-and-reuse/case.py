# Each gets its place; the barrier fills again after it has drained.
async def main():
    barrier = asyncio.Barrier(3)

    async def worker(n):
        for round in range(2):
            trace(n, "round", round, "place", await barrier.wait())

    await asyncio.gather(*[worker(n) for n in range(3)])
    trace(barrier.n_waiting, barrier.broken, barrier.parties)
