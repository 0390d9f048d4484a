# After shutdown the items that are left can be got; room made for a blocked putter is not used.
async def main():
    q = asyncio.Queue(2)
    q.put_nowait(1)
    q.put_nowait(2)

    async def putter():
        try:
            await q.put(3)
        except asyncio.QueueShutDown as error:
            trace("putter", error)

    task = asyncio.create_task(putter())
    await asyncio.sleep(0)
    trace(q.get_nowait())
    q.shutdown()
    await task
    trace(await q.get(), q.empty())
    try:
        await q.get()
    except asyncio.QueueShutDown as error:
        trace(error)
    joiner = asyncio.create_task(q.join())
    await asyncio.sleep(1)
    q.task_done()
    trace(joiner.done())
    q.task_done()
    await joiner
    trace("joined")
