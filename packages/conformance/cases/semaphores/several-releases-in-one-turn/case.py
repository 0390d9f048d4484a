# Several slots released in one turn go to as many waiters, in order.
async def main():
    sem = asyncio.Semaphore(0)

    async def worker(n):
        await sem.acquire()
        trace(n)

    tasks = [asyncio.create_task(worker(n)) for n in range(5)]
    await asyncio.sleep(0)
    for _ in range(3):
        sem.release()
    await asyncio.sleep(0)
    trace("turn", sem.locked())
    sem.release()
    sem.release()
    sem.release()
    await asyncio.gather(*tasks)
    trace(sem.locked())
