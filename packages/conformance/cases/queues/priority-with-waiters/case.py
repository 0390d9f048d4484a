# Of items put in one turn a waiting getter gets the smallest; putters wait for room as with any queue.
async def main():
    q = asyncio.PriorityQueue(2)

    async def getter(n):
        trace(n, await q.get())

    async def putter(n):
        await q.put(n)
        trace("put", n)

    a = asyncio.create_task(getter("a"))
    await asyncio.sleep(0)
    q.put_nowait(3)
    q.put_nowait(1)
    await a
    q.put_nowait(2)
    b = asyncio.create_task(putter(0))
    await asyncio.sleep(1)
    trace("full", q.full())
    trace(q.get_nowait())
    await b
    trace(q.get_nowait(), q.get_nowait())
