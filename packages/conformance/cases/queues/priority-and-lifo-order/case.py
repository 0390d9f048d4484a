# The smallest first; the newest first; arrays compare item by item.
async def main():
    p = asyncio.PriorityQueue()
    for item in ([3, "c"], [1, "b"], [2, "a"], [1, "a"]):
        await p.put(item)
    s = asyncio.LifoQueue()
    for item in range(3):
        await s.put(item)
    trace([p.get_nowait() for _ in range(4)])
    trace([s.get_nowait() for _ in range(3)])
