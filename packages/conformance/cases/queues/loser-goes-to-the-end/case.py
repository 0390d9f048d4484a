# A woken getter that finds nothing waits at the end of the line.
async def main():
    q = asyncio.Queue()

    async def getter(n):
        trace(n, await q.get())

    tasks = [asyncio.create_task(getter(n)) for n in "abc"]
    await asyncio.sleep(0)
    q.put_nowait(0)
    trace("stolen", q.get_nowait())
    await asyncio.sleep(1)
    for n in (1, 2, 3):
        q.put_nowait(n)
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)
