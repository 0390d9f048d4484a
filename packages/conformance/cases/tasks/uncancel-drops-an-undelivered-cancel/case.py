# At zero, uncancel also drops a cancel that no await has delivered.
async def main():
    async def worker():
        task = asyncio.current_task()
        task.cancel()
        task.cancel()
        trace(task.cancelling(), task.uncancel(), task.uncancel(), task.uncancel())
        await asyncio.sleep(1)
        trace("not cancelled")
        task.cancel()
        task.cancel()
        task.uncancel()
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            trace("cancelled", task.cancelling())

    await asyncio.create_task(worker())
