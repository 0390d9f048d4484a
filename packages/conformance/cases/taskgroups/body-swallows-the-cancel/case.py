# A body that swallows the cancel of a failed group goes on to its end; the group still raises.
async def main():
    async def fail():
        await asyncio.sleep(1)
        raise ValueError("child")

    task = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail())
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                trace("swallowed", task.cancelling())
            await asyncio.sleep(1)
            trace("end of the body")
    except ExceptionGroup as group:
        trace(group, task.cancelling())
    await asyncio.sleep(1)
    trace("goes on")
