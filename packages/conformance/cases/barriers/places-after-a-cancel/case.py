# When a waiting task was cancelled, those who pass get the places 0, 1, 2 nevertheless.
async def main():
    barrier = asyncio.Barrier(3)

    async def arrive(name):
        trace(name, await barrier.wait())

    tasks = [asyncio.create_task(arrive(name)) for name in ("a", "b")]
    await asyncio.sleep(1)
    tasks[0].cancel()
    await asyncio.sleep(1)
    tasks += [asyncio.create_task(arrive(name)) for name in ("c", "d")]
    await asyncio.wait(tasks)
    trace(barrier.n_waiting, barrier.broken)
