# A task that fails in its eager first step is seen one turn later: the body still starts the others.
async def main():
    async def fail(name):
        trace(name)
        raise ValueError(name)

    async def work(name):
        trace(name)
        await asyncio.sleep(1)

    try:
        async with asyncio.TaskGroup() as tg:
            one = tg.create_task(fail("eager"), eager_start=True)
            trace("made", one.done())
            tg.create_task(fail("late"))
            tg.create_task(work("worker"))
            trace("body ends")
    except ExceptionGroup as group:
        trace(group)

    async with asyncio.TaskGroup() as tg:
        asyncio.get_running_loop().call_soon(trace, "one turn")
        asyncio.get_running_loop().call_soon(lambda: asyncio.get_running_loop().call_soon(trace, "two turns"))
        tg.create_task(asyncio.sleep(0), eager_start=True)
        done = tg.create_task(nothing(), eager_start=True)
        trace("done", done.done())
    trace("left")


async def nothing():
    pass
