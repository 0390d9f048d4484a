# A task has the name it was given; all_tasks holds those that are not done.
async def main():
    async def who():
        trace(asyncio.current_task().get_name())
        await asyncio.sleep(1)

    a = asyncio.create_task(who(), name="a")
    b = loop.create_task(who(), name="b")
    b.set_name("renamed")
    trace(a.get_name(), b.get_name(), asyncio.current_task().get_name())
    trace(sorted(task.get_name() for task in asyncio.all_tasks()))
    await asyncio.sleep(0)
    a.cancel()
    trace(sorted(task.get_name() for task in asyncio.all_tasks()))
    await asyncio.sleep(0.5)
    trace(sorted(task.get_name() for task in asyncio.all_tasks()))
    await b
    trace(sorted(task.get_name() for task in asyncio.all_tasks()))
