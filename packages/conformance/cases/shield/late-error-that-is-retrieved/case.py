# The error of a task that a shield has given up is no news to the handler when somebody else waits for the task.
async def main():
    async def fail():
        await asyncio.sleep(2)
        raise ValueError("late")

    task = asyncio.create_task(fail())
    try:
        await asyncio.wait_for(asyncio.shield(task), 1)
    except TimeoutError:
        trace("timed out")
    try:
        await task
    except ValueError as error:
        trace("caught", error)
    await asyncio.sleep(1)
