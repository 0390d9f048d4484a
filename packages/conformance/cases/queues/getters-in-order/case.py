# Getters are served in the order in which they came.
async def main():
    q = asyncio.Queue()

    async def getter(n):
        trace(n, await q.get())

    tasks = [asyncio.create_task(getter(n)) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    for item in "xyz":
        q.put_nowait(item)
    trace(await asyncio.gather(*tasks, return_exceptions=True), q.qsize())
