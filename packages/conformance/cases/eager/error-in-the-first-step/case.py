# An eager task that raises before it waits does not raise in its creator; who awaits it gets the error.
async def main():
    async def fail():
        raise ValueError("first step")

    task = asyncio.create_task(fail(), eager_start=True)
    trace("created")
    await asyncio.sleep(0)
    trace(task.done())
    try:
        await task
    except ValueError as error:
        trace(error, task.exception() is error)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(asyncio.sleep(10))
            tg.create_task(fail(), eager_start=True)
            trace("in the body")
            await asyncio.sleep(1)
            trace("never")
    except ExceptionGroup as group:
        trace(group)
