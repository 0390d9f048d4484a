# A coroutine object runs once: awaiting it again is a RuntimeError, also where it did not have to wait.
async def main():
    event = asyncio.Event()
    event.set()
    q = asyncio.Queue()
    q.put_nowait("item")
    for make in (lambda: asyncio.sleep(0, "slept"), event.wait, q.get, asyncio.Lock().acquire):
        coroutine = make()
        trace("first", bool(await coroutine))
        try:
            await coroutine
        except RuntimeError as error:
            trace(error)
    trace(q.qsize())
