# A newcomer takes a free lock at once when all who wait for it are cancelled, though they have not unwound yet.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()

    async def worker(name):
        try:
            async with lock:
                trace(name, "has it")
        except asyncio.CancelledError:
            trace(name, "cancelled")
            raise

    a = asyncio.create_task(worker("a"))
    await asyncio.sleep(0)
    a.cancel()
    lock.release()
    trace("locked", lock.locked())
    await lock.acquire()
    trace("main has it")
    await asyncio.sleep(0)
    trace("turn")
    lock.release()
    trace(await asyncio.gather(a, return_exceptions=True))
