# A task that raises CancelledError itself is cancelled.
async def main():
    async def worker():
        raise asyncio.CancelledError("mine")

    task = asyncio.create_task(worker())
    try:
        await task
    except asyncio.CancelledError as error:
        trace(error)
    trace(task.cancelled(), task.cancelling())
