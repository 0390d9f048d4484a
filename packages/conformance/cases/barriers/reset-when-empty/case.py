# A reset with nobody there changes nothing; one after an abort makes the barrier whole.
async def main():
    barrier = asyncio.Barrier(2)

    async def worker(n):
        try:
            trace(n, await barrier.wait())
        except asyncio.BrokenBarrierError as error:
            trace(n, error)

    await barrier.reset()
    trace(barrier.n_waiting, barrier.broken)
    await asyncio.gather(worker("a"), worker("b"))
    await barrier.abort()
    trace(barrier.broken)
    await asyncio.gather(worker("c"), worker("d"))
    await barrier.reset()
    trace(barrier.broken)
    await asyncio.gather(worker("e"), worker("f"))
