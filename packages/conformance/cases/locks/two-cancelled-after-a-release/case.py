# The wake-up passes over every waiter that is cancelled before its turn.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()

    async def worker(name):
        async with lock:
            trace(name, "has it")

    tasks = [asyncio.create_task(worker(n)) for n in "abcd"]
    await asyncio.sleep(0)
    lock.release()
    tasks[0].cancel()
    tasks[1].cancel()
    tasks[2].cancel()
    trace("locked", lock.locked())
    trace(await asyncio.gather(*tasks, return_exceptions=True))
    trace("locked", lock.locked())
