# One failure cancels siblings and body; errors of the clean-up join the group in the order in which they come.
async def main():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)

    async def stubborn(n, error):
        try:
            await asyncio.sleep(10)
        finally:
            trace("cancelled")
            await asyncio.sleep(n)
            raise error

    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(1))
            tg.create_task(stubborn(2, RuntimeError("late")))
            tg.create_task(stubborn(1, TypeError("early")))
            try:
                await asyncio.sleep(10)
            finally:
                trace("body cancelled")
    except BaseExceptionGroup as group:
        trace(group, asyncio.current_task().cancelling())
