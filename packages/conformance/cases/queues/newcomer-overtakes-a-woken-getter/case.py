# A get that finds an item takes it at once, though a getter has been woken for it.
async def main():
    q = asyncio.Queue()

    async def getter(n):
        trace(n, await q.get())

    task = asyncio.create_task(getter("waited"))
    await asyncio.sleep(0)
    q.put_nowait("item")
    trace("main", await q.get())
    await asyncio.sleep(1)
    q.put_nowait("next")
    await task
