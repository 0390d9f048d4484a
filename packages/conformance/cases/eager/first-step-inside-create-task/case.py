# An eager task runs its first step inside create_task; one that need not wait is returned done.
async def main():
    async def quick():
        trace("quick", asyncio.current_task().get_name())
        return 1

    async def slow():
        trace("slow begins")
        await asyncio.sleep(1)
        trace("slow ends", asyncio.current_task().get_name())
        return 2

    loop.set_task_factory(asyncio.eager_task_factory)
    a = loop.create_task(quick(), name="a")
    trace(a.done(), asyncio.current_task().get_name())
    b = loop.create_task(slow(), name="b")
    trace(b.done())
    a.add_done_callback(lambda t: trace("callback"))
    trace("no callback yet")
    trace(await asyncio.gather(a, b))
