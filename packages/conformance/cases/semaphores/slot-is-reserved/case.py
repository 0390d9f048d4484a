# A released slot belongs to the first waiter at once: nobody overtakes.
async def main():
    sem = asyncio.Semaphore(1)
    await sem.acquire()

    async def worker(name):
        async with sem:
            trace(name)

    a = asyncio.create_task(worker("a"))
    await asyncio.sleep(0)
    sem.release()
    trace(sem.locked())
    b = asyncio.create_task(worker("b"))
    await sem.acquire()
    trace("main")
    sem.release()
    await asyncio.gather(a, b)
    trace(sem.locked())
