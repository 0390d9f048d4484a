# A cancelled waiter leaves the others waiting.
async def main():
    event = asyncio.Event()

    async def waiter(n):
        try:
            await event.wait()
            trace(n, "set")
        except asyncio.CancelledError:
            trace(n, "cancelled")
            raise

    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    event.set()
    tasks[2].cancel()
    trace(await asyncio.gather(*tasks, return_exceptions=True))
