# Between release and the turn of the woken waiter the lock is unlocked, and still not free.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()

    async def worker(name):
        async with lock:
            trace(name, "has it")

    first = asyncio.create_task(worker("first"))
    await asyncio.sleep(0)
    lock.release()
    trace("locked", lock.locked())
    second = asyncio.create_task(worker("second"))
    await lock.acquire()
    trace("main has it")
    lock.release()
    await asyncio.gather(first, second)
