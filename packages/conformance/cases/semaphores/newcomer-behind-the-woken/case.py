# Who comes while a slot is on its way to a waiter queues behind it, and enters when there is room for both.
async def main():
    sem = asyncio.Semaphore(0)

    async def worker(name):
        await sem.acquire()
        trace(name)

    first = asyncio.create_task(worker("first"))
    await asyncio.sleep(0)
    sem.release()
    sem.release()
    trace("locked", sem.locked())
    second = asyncio.create_task(worker("second"))
    await sem.acquire() if not sem.locked() else trace("would wait")
    await first
    await asyncio.sleep(0)
    trace("second", second.done(), sem.locked())
    sem.release()
    await second
    trace(sem.locked())
