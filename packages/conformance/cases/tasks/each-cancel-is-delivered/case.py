# A second cancel interrupts the clean-up of the first.
async def main():
    async def worker():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            trace("first")
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                trace("second")
                raise

    task = asyncio.create_task(worker())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    trace(task.cancelled(), task.cancelling())
