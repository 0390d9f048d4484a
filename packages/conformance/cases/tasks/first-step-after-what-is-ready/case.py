# A task's first step comes after everything that is ready already.
async def main():
    loop.call_soon(trace, "soon")

    async def worker(n):
        trace("worker", n)

    a = asyncio.create_task(worker(1))
    loop.call_soon(trace, "later")
    b = asyncio.create_task(worker(2))
    trace("main")
    await asyncio.gather(a, b)
