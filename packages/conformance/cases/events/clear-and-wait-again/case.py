# After clear a woken waiter that asks again waits for the next set.
async def main():
    event = asyncio.Event()

    async def waiter(n):
        for round in range(2):
            await event.wait()
            trace(n, "round", round, event.is_set())

    tasks = [asyncio.create_task(waiter(n)) for n in range(2)]
    await asyncio.sleep(1)
    event.set()
    event.set()
    event.clear()
    event.clear()
    await asyncio.sleep(1)
    trace([task.done() for task in tasks])
    event.set()
    await asyncio.gather(*tasks)
    trace(await event.wait(), event.is_set())
