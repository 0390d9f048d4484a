# A cancel reaches a task that only gives up a turn.
async def main():
    async def spin():
        count = 0
        try:
            while True:
                count += 1
                await asyncio.sleep(0)
        finally:
            trace("spun", count)

    task = asyncio.create_task(spin())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace(task.cancel(), task.done())
    try:
        await task
    except asyncio.CancelledError as error:
        trace(error, task.cancelled())
