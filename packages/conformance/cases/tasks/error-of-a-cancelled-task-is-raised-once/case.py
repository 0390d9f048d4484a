# The error that ended a task reaches the first who asks; the others get one of their own, without its message.
async def main():
    async def sleeper():
        await asyncio.sleep(10)

    async def waiter(name, task):
        try:
            await task
        except asyncio.CancelledError as error:
            trace(name, error)

    task = asyncio.create_task(sleeper())
    waiters = [asyncio.create_task(waiter(name, task)) for name in ("first", "second")]
    await asyncio.sleep(1)
    task.cancel("why")
    await asyncio.wait(waiters)
    try:
        task.result()
    except asyncio.CancelledError as error:
        trace("result", error)

    async def ends_itself():
        asyncio.current_task().cancel("itself")

    task = asyncio.create_task(ends_itself())
    waiters = [asyncio.create_task(waiter(name, task)) for name in ("first", "second")]
    await asyncio.wait(waiters)
