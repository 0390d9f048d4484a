# A release and the end of a limit in one turn: the limit wins, and the lock goes on to the next.
async def main():
    lock = asyncio.Lock()
    await lock.acquire()

    async def limited():
        try:
            async with asyncio.timeout(1):
                async with lock:
                    trace("limited has it")
        except TimeoutError as error:
            trace("limited", error)

    async def patient():
        async with lock:
            trace("patient has it")

    loop.call_later(1, lock.release)
    tasks = [asyncio.create_task(limited()), asyncio.create_task(patient())]
    await asyncio.gather(*tasks)
    trace(lock.locked())
