# FIRST_EXCEPTION does not count a cancelled task.
async def main():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)

    a = asyncio.create_task(asyncio.sleep(10))
    b = asyncio.create_task(fail(2))
    c = asyncio.create_task(asyncio.sleep(10))
    loop.call_later(1, a.cancel)
    done, pending = await asyncio.wait([a, b, c], return_when=asyncio.FIRST_EXCEPTION)
    trace(len(done), len(pending))
    c.cancel()
