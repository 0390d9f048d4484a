# A wait whose limit runs out takes the lock again before the TimeoutError goes on, even if that takes long.
async def main():
    cond = asyncio.Condition()

    async def waiter():
        async with cond:
            try:
                await asyncio.wait_for(cond.wait(), 1)
            except TimeoutError as error:
                trace(error, cond.locked())
            try:
                async with asyncio.timeout(1):
                    await cond.wait_for(lambda: False)
            except TimeoutError as error:
                trace(error, cond.locked())

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    await cond.acquire()
    await asyncio.sleep(3)
    trace("release")
    cond.release()
    await task
    trace(cond.locked())
