# What a cancelled task awaits in its clean-up runs to its end; its parent waits for it.
async def main():
    async def worker(name, pause):
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(pause)
            trace(name, "cleaned up")

    async def parent():
        try:
            await worker("inner", 2)
        finally:
            trace("parent unwinds")
            await asyncio.sleep(1)
            trace("parent has unwound")

    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel()
    trace(await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 10))
