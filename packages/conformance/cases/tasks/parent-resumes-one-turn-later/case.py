# The end of a child wakes its parent one turn later, after what the child queued.
async def main():
    async def child():
        loop.call_soon(trace, "queued by child")
        return "result"

    trace(await asyncio.create_task(child()))

    async def done():
        return 1

    task = asyncio.create_task(done())
    await asyncio.sleep(0)
    loop.call_soon(trace, "not before")
    trace(await task)
