# A group is entered once; what it is given to run has to be a coroutine.
async def main():
    tg = asyncio.TaskGroup()
    async with tg:
        tg.create_task(asyncio.sleep(1))
        try:
            await tg.__aenter__()
        except RuntimeError as error:
            trace(error)
        try:
            tg.create_task(1)
        except TypeError as error:
            trace(error)
        await asyncio.sleep(2)
    try:
        async with tg:
            trace("never")
    except RuntimeError as error:
        trace(error)
