# Each cancel counts; uncancel counts down, never below zero; a count alone delivers nothing.
async def main():
    async def worker():
        task = asyncio.current_task()
        for _ in range(2):
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                trace("cancelling", task.cancelling())
        trace(task.uncancel(), task.cancelling())
        await asyncio.sleep(1)
        trace("slept with a count of", task.cancelling())
        trace(task.uncancel(), task.uncancel(), task.cancelling())
        return "result"

    task = asyncio.create_task(worker())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.sleep(1)
    task.cancel()
    trace(await task, task.cancelled(), task.cancelling())
