# A size of zero or less is no limit.
async def main():
    for size in (0, -1, 2):
        q = asyncio.Queue(size)
        trace(q.maxsize, q.full(), q.empty(), q.qsize())
        for n in range(2):
            await q.put(n)
        trace(q.maxsize, q.full(), q.empty(), q.qsize())
