# Items announced to getters that are cancelled go to those who wait behind them.
async def main():
    q = asyncio.Queue()

    async def getter(n):
        trace(n, await q.get())

    tasks = [asyncio.create_task(getter(n)) for n in "abcd"]
    await asyncio.sleep(0)
    q.put_nowait(1)
    q.put_nowait(2)
    tasks[0].cancel()
    tasks[1].cancel()
    trace(await asyncio.gather(*tasks, return_exceptions=True), q.qsize())
