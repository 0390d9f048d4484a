# A getter that was woken can lose its item to a get_nowait, and waits on.
async def main():
    q = asyncio.Queue()

    async def getter():
        trace("got", await q.get())

    task = asyncio.create_task(getter())
    await asyncio.sleep(0)
    q.put_nowait("a")
    trace("stolen", q.get_nowait())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace(task.done())
    q.put_nowait("b")
    await task
