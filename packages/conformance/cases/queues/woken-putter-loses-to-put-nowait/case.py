# A putter that was woken can lose the room to a put_nowait, and waits on.
async def main():
    q = asyncio.Queue(1)
    q.put_nowait("a")

    async def putter():
        await q.put("c")
        trace("put c")

    task = asyncio.create_task(putter())
    await asyncio.sleep(0)
    trace(q.get_nowait())
    q.put_nowait("b")
    await asyncio.sleep(1)
    trace(task.done(), q.qsize())
    trace(q.get_nowait())
    await task
    trace(q.get_nowait(), q.empty())
