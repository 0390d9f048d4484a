# A child that is merely cancelled ends nothing.
async def main():
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(asyncio.sleep(10))
        tg.create_task(asyncio.sleep(2))
        await asyncio.sleep(1)
        a.cancel()
        await asyncio.sleep(0)
        trace(a.cancelled())
    trace("over")
