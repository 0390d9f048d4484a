# Slots given to waiters that are all cancelled come back.
async def main():
    sem = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(sem.acquire()) for _ in range(3)]
    await asyncio.sleep(0)
    sem.release()
    sem.release()
    for task in tasks:
        task.cancel()
    trace("locked", sem.locked())
    trace(await asyncio.gather(*tasks, return_exceptions=True))
    trace("locked", sem.locked())
    await sem.acquire()
    trace("locked", sem.locked())
    await sem.acquire()
    trace("locked", sem.locked())
