# A task that swallows the CancelledError ends normally; its count of cancels stays.
async def main():
    async def worker():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            pass
        return "done"

    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    task.cancel()
    trace(await task, task.cancelled(), task.cancelling())
