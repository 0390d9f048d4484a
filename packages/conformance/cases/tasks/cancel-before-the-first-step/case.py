# A task cancelled before its first step never runs its body.
async def main():
    async def worker():
        trace("never")

    task = asyncio.create_task(worker())
    trace(task.cancel("why"), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        trace(error, task.cancelled())
    trace(task.cancel())
