# A semaphore with a woken waiter that has not run is locked, whatever its value.
async def main():
    sem = asyncio.Semaphore(1)
    await sem.acquire()
    task = asyncio.create_task(sem.acquire())
    await asyncio.sleep(0)
    sem.release()
    sem.release()
    trace(sem.locked())
    await task
    trace(sem.locked())
