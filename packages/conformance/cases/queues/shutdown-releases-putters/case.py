# Shutdown ends blocked putters at once; what is in the queue can still be got.
async def main():
    q = asyncio.Queue(1)
    q.put_nowait("in")

    async def putter():
        try:
            await q.put("out")
        except asyncio.QueueShutDown as error:
            trace("putter", error)

    task = asyncio.create_task(putter())
    await asyncio.sleep(0)
    q.shutdown()
    await task
    trace(await q.get())
    for attempt in (lambda: q.get(), lambda: q.put(1)):
        try:
            await attempt()
        except asyncio.QueueShutDown as error:
            trace(error)
    for attempt in (lambda: q.get_nowait(), lambda: q.put_nowait(1)):
        try:
            attempt()
        except asyncio.QueueShutDown as error:
            trace(error)
