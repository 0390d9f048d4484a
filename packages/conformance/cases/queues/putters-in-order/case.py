# Putters of a full queue are served in the order in which they came.
async def main():
    q = asyncio.Queue(1)
    q.put_nowait("first")

    async def putter(n):
        await q.put(n)
        trace("put", n)

    tasks = [asyncio.create_task(putter(n)) for n in range(3)]
    await asyncio.sleep(1)
    for _ in range(4):
        trace("got", q.get_nowait(), q.full())
        await asyncio.sleep(1)
    await asyncio.gather(*tasks)
    trace(q.empty())
