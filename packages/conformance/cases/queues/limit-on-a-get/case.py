# An item put in the turn in which the limit of a get ends stays in the queue.
async def main():
    q = asyncio.Queue()
    loop.call_later(1, q.put_nowait, "item")
    try:
        await asyncio.wait_for(q.get(), 1)
    except TimeoutError as error:
        trace(error, q.qsize())
    trace(await asyncio.wait_for(q.get(), 1))
    full = asyncio.Queue(1)
    full.put_nowait("old")
    loop.call_later(1, full.get_nowait)
    try:
        async with asyncio.timeout(1):
            await full.put("new")
    except TimeoutError as error:
        trace(error, full.qsize())
    await full.put("other")
    trace(full.get_nowait())
