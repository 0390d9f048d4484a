# A limit that runs out takes one away; the next to come takes its place.
async def main():
    barrier = asyncio.Barrier(2)

    async def limited(n):
        try:
            trace(n, await asyncio.wait_for(barrier.wait(), 1))
        except TimeoutError as error:
            trace(n, error, barrier.n_waiting, barrier.broken)

    await limited("a")
    task = asyncio.create_task(limited("b"))
    await asyncio.sleep(0.5)
    trace(barrier.n_waiting)
    trace("main", await barrier.wait())
    await task
