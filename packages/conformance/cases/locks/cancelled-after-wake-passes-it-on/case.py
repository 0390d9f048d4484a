# A waiter that is cancelled after it was woken hands the lock to the next.
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
    b = asyncio.create_task(worker("b"))
    await asyncio.sleep(0)
    lock.release()
    a.cancel()
    await asyncio.sleep(0)
    trace("turn")
    await b
    trace(lock.locked(), a.cancelled())
