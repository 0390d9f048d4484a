# An eager task that starts another is current again when that one waits.
async def main():
    def who():
        return asyncio.current_task().get_name()

    async def inner():
        trace("inner begins", who())
        await asyncio.sleep(0)
        trace("inner ends", who())

    async def outer():
        trace("outer begins", who())
        task = asyncio.create_task(inner(), name="inner")
        trace("outer goes on", who(), task.done())
        await task
        trace("outer ends", who())

    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(outer(), name="outer")
    trace("back", who(), task in asyncio.all_tasks())
    await task
    trace(task in asyncio.all_tasks())
