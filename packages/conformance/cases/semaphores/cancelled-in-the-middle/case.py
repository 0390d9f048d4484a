# A waiter that is cancelled leaves its place; the order of the others stays.
async def main():
    sem = asyncio.Semaphore(0)

    async def worker(n):
        await sem.acquire()
        trace(n)

    tasks = [asyncio.create_task(worker(n)) for n in range(4)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.sleep(0)
    sem.release()
    sem.release()
    sem.release()
    trace(await asyncio.gather(*tasks, return_exceptions=True), sem.locked())
    sem.release()
    trace(sem.locked())
    loop.call_soon(trace, "turn")
    await sem.acquire()
    trace("no turn needed")
    await asyncio.sleep(0)
