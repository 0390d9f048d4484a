# A waiter that is cancelled in the turn in which the event is set is cancelled.
async def main():
    event = asyncio.Event()

    async def waiter(n):
        trace(n, await event.wait())

    tasks = [asyncio.create_task(waiter(n)) for n in "ab"]
    await asyncio.sleep(0)
    event.set()
    trace(tasks[0].cancel())
    trace(await asyncio.gather(*tasks, return_exceptions=True))
