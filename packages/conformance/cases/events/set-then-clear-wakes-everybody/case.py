# Who waits when the event is set goes on, even if it is cleared at once.
async def main():
    event = asyncio.Event()

    async def waiter(n):
        trace(n, await event.wait())

    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    event.set()
    event.clear()
    await asyncio.gather(*tasks)
    trace(event.is_set())
