# A cancelled putter's item never appears, and room announced to it goes to the next putter.
async def main():
    q = asyncio.Queue(1)
    q.put_nowait(0)

    async def putter(n):
        await q.put(n)
        trace("put", n)

    a = asyncio.create_task(putter(1))
    b = asyncio.create_task(putter(2))
    await asyncio.sleep(0)
    trace(q.get_nowait())
    a.cancel()
    trace(await asyncio.gather(a, b, return_exceptions=True))
    trace(q.get_nowait(), q.empty())
