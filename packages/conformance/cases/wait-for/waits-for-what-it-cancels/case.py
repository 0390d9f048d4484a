# The TimeoutError comes when what was waited for has unwound, however long that takes.
async def main():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        finally:
            trace("unwinding")
            await asyncio.sleep(3)
            trace("unwound")

    for waited in (stubborn(), asyncio.create_task(stubborn())):
        try:
            await asyncio.wait_for(waited, 1)
        except TimeoutError as error:
            trace(error)
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    try:
        await asyncio.wait_for(task, 0)
    except TimeoutError as error:
        trace(error, task.cancelled())
