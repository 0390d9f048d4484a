# An aborted barrier is broken for everybody until it is reset.
async def main():
    barrier = asyncio.Barrier(2)

    async def worker(n):
        try:
            trace(n, await barrier.wait())
        except asyncio.BrokenBarrierError as error:
            trace(n, error)

    task = asyncio.create_task(worker("waiting"))
    await asyncio.sleep(0)
    await barrier.abort()
    trace(barrier.broken)
    await task
    await worker("late")
    await barrier.reset()
    trace(barrier.broken)
    await asyncio.gather(worker("a"), worker("b"))
