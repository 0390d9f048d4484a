# Zero or less is one turn; timers fire in order of time.
async def main():
    async def worker(delay, name):
        trace(name, await asyncio.sleep(delay, name))

    await asyncio.gather(worker(2, "c"), worker(1, "b"), worker(0, "a"), worker(-1, "negative"), worker(1.5, "between"))
