# A task that cancels itself and returns without awaiting ends cancelled.
async def main():
    async def worker():
        asyncio.current_task().cancel()
        return "lost"

    task = asyncio.create_task(worker())
    trace(await asyncio.gather(task, return_exceptions=True), task.cancelled())
