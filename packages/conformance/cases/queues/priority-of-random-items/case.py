# Items of many sizes come out in order, also when puts and gets alternate.
async def main():
    q = asyncio.PriorityQueue()
    seed = 1
    out = []
    for n in range(60):
        seed = seed * 75 % 65537
        q.put_nowait(seed)
        if n % 3 == 2:
            out.append(q.get_nowait())
    trace(out)
    trace([q.get_nowait() for _ in range(q.qsize())])
