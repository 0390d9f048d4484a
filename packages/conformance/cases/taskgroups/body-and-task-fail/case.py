# The error of the body comes last in the group, after those of the tasks.
async def main():
    async def fail(n, error):
        await asyncio.sleep(n)
        raise error

    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(1, ValueError("first")))
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                raise TypeError("body")
    except ExceptionGroup as group:
        trace(group)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(0, ValueError("in the same turn")))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            raise TypeError("body")
    except ExceptionGroup as group:
        trace(group, asyncio.current_task().cancelling())
