# A failure in the outer group cancels the inner, whose tasks end first; the errors keep their groups apart.
async def main():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)

    async def stubborn():
        try:
            await asyncio.sleep(10)
        finally:
            trace("stubborn unwinds")
            raise TypeError("stubborn")

    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail(1))
            async with asyncio.TaskGroup() as inner:
                inner.create_task(stubborn())
            trace("never")
    except ExceptionGroup as group:
        trace(group, asyncio.current_task().cancelling())
