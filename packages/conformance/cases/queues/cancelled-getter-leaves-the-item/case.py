# A getter cancelled after it was woken leaves the item for the next.
async def main():
    q = asyncio.Queue()

    async def getter(n):
        trace(n, await q.get())

    a = asyncio.create_task(getter("a"))
    b = asyncio.create_task(getter("b"))
    await asyncio.sleep(0)
    q.put_nowait(1)
    a.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace(a.cancelled(), b.done(), q.qsize())
    b.cancel()
    q.put_nowait(2)
    trace(await asyncio.gather(a, b, return_exceptions=True), q.qsize())
