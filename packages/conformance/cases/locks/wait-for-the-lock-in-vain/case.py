# A wait with a limit that runs out leaves the queue; the next in line gets the lock.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()

    async def patient():
        async with lock:
            trace("patient has it")

    async def hasty():
        try:
            await asyncio.wait_for(lock.acquire(), 1)
        except TimeoutError as error:
            trace("hasty", error)

    tasks = [asyncio.create_task(hasty()), asyncio.create_task(patient())]
    await asyncio.sleep(2)
    lock.release()
    await asyncio.gather(*tasks)
    trace(lock.locked())
    try:
        async with asyncio.timeout(1):
            async with lock:
                trace("limit", lock.locked())
                await asyncio.sleep(2)
    except TimeoutError as error:
        trace(error, lock.locked())
