# A waiter cancelled while the lock is held changes nothing for the others.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()

    async def worker(name):
        async with lock:
            trace(name)

    tasks = [asyncio.create_task(worker(n)) for n in "abc"]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.sleep(0)
    lock.release()
    trace(await asyncio.gather(*tasks, return_exceptions=True))
