# The group ends when its tasks have ended; tasks may be added while it waits.
async def main():
    async def worker(n):
        await asyncio.sleep(n)
        trace("ends", n)
        return n

    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(worker(2))

        async def late():
            await asyncio.sleep(1)
            tg.create_task(worker(3))
            trace("added")

        tg.create_task(late())
        trace("body ends")
    trace("group over", a.result())
