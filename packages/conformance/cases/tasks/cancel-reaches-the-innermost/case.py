# Cancelling a task cancels the task it awaits.
async def main():
    async def inner():
        try:
            await asyncio.sleep(10)
        finally:
            trace("inner")

    async def outer():
        try:
            await asyncio.create_task(inner(), name="inner")
        finally:
            trace("outer")

    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("message")
    trace(await asyncio.gather(task, return_exceptions=True))
