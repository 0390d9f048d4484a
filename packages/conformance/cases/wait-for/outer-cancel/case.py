# Cancelling the waiting task cancels what it waits for, and is no TimeoutError.
async def main():
    async def inner():
        try:
            await asyncio.sleep(10)
        finally:
            trace("inner out")

    async def outer():
        try:
            await asyncio.wait_for(inner(), 5)
        except BaseException as error:
            trace(error)
            raise

    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel()
    trace(await asyncio.gather(task, return_exceptions=True))
