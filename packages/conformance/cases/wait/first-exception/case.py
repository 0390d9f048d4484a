# FIRST_EXCEPTION returns with the first error, or when all are done.
async def main():
    async def fail(n):
        await asyncio.sleep(n)
        raise ValueError(n)

    tasks = [asyncio.create_task(asyncio.sleep(1)), asyncio.create_task(fail(2)), asyncio.create_task(asyncio.sleep(3))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    trace(len(done), len(pending), tasks[1].exception())
    done, pending = await asyncio.wait([tasks[0], tasks[2]], return_when=asyncio.FIRST_EXCEPTION)
    trace(len(done), len(pending))
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    trace(len(done), len(pending))
