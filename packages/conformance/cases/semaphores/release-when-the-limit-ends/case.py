# A slot released in the turn in which the limit of its waiter ends goes to the next.
async def main():
    sem = asyncio.Semaphore(0)

    async def limited():
        try:
            await asyncio.wait_for(sem.acquire(), 1)
            trace("limited has it")
        except TimeoutError as error:
            trace("limited", error)

    async def patient():
        await sem.acquire()
        trace("patient has it")

    loop.call_later(1, sem.release)
    await asyncio.gather(limited(), patient())
    trace(sem.locked())
