# A group that has not begun, is shutting down or is over refuses tasks, and closes the coroutine.
async def main():
    tg = asyncio.TaskGroup()
    try:
        tg.create_task(asyncio.sleep(1))
    except RuntimeError as error:
        trace(error)

    async def fail():
        raise ValueError("x")

    try:
        async with tg:
            tg.create_task(fail())
            try:
                await asyncio.sleep(10)
            finally:
                try:
                    tg.create_task(asyncio.sleep(1))
                except RuntimeError as error:
                    trace("shutting down", error)
    except ExceptionGroup as group:
        trace(group)
    try:
        tg.create_task(asyncio.sleep(1))
    except RuntimeError as error:
        trace("over", error)
