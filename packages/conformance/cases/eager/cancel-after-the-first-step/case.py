# An eager task that waits is cancelled where it waits: its body has begun.
async def main():
    async def worker():
        trace("begins")
        try:
            await asyncio.sleep(1)
        finally:
            trace("unwinds", asyncio.current_task().cancelling())

    task = asyncio.create_task(worker(), eager_start=True)
    lazy = asyncio.create_task(worker(), eager_start=False)
    trace(task.cancel("why"), lazy.cancel())
    trace(await asyncio.gather(task, lazy, return_exceptions=True))
