# When every waiter is cancelled after the release the lock is free: taking it needs no turn.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(lock.acquire()) for _ in range(2)]
    await asyncio.sleep(0)
    lock.release()
    for task in tasks:
        task.cancel()
    trace(await asyncio.gather(*tasks, return_exceptions=True))
    trace("locked", lock.locked())
    loop.call_soon(trace, "turn")
    await lock.acquire()
    trace("main has it")
    await asyncio.sleep(0)
