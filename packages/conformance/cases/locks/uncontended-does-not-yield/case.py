# Taking a free lock runs on without giving up the turn.
async def main():
    lock = asyncio.Lock()

    async def other():
        trace("other")

    task = asyncio.create_task(other())
    for n in range(3):
        async with lock:
            trace("held", n)
    await task
