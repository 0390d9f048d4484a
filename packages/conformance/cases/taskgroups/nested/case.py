# An inner group's errors reach the outer as one error.
async def main():
    async def fail(name):
        raise ValueError(name)

    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(asyncio.sleep(10))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail("inner"))
    except ExceptionGroup as group:
        trace(group, asyncio.current_task().cancelling())
