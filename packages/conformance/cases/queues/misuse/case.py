# task_done without an item, a queue that is read from two sides of a shutdown, and what is not there.
async def main():
    q = asyncio.Queue(1)
    for misuse in (q.task_done, q.get_nowait):
        try:
            misuse()
        except (ValueError, asyncio.QueueEmpty) as error:
            trace(error)
    await q.put(None)
    try:
        q.put_nowait(1)
    except asyncio.QueueFull as error:
        trace(error, q.qsize())
    trace(await q.get())
    q.task_done()
    try:
        q.task_done()
    except ValueError as error:
        trace(error)
    q.shutdown()
    for closed in (q.get_nowait, lambda: q.put_nowait(1)):
        try:
            closed()
        except asyncio.QueueShutDown as error:
            trace(error)
    await q.join()
    trace("joined")
